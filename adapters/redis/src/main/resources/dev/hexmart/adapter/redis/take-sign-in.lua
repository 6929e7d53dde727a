-- Hands out the entry that begins as wanted, and forgets it.
-- KEYS: a browser's entries. ARGV: the beginning.
for _, entry in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
  if string.sub(entry, 1, #ARGV[1]) == ARGV[1] then
    redis.call('LREM', KEYS[1], 1, entry)
    return string.sub(entry, #ARGV[1] + 1)
  end
end
return false
