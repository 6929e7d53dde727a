-- Notes that a session has been used, and lets it live on accordingly; does nothing where there is none.
-- KEYS: the session. ARGV: the time, how long it may lie idle, how long it may last; all in milliseconds.
local started = redis.call('HGET', KEYS[1], 'started')
if not started then
  return 0
end
redis.call('HSET', KEYS[1], 'used', ARGV[1])
local ends = math.min(tonumber(ARGV[1]) + tonumber(ARGV[2]), tonumber(started) + tonumber(ARGV[3]))
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', ends))
return 1
