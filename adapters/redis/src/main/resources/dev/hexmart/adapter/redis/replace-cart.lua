-- Puts one content of a cart in the place of another, if that is what is there.
-- KEYS: the cart and, where that settles an attempt to check out, the attempt, which is settled once.
-- ARGV: seconds to live, then twice: how many lines, and product and quantity of each.
-- Returns 1, or 0 where the cart holds something else.
if KEYS[2] and redis.call('HGET', KEYS[2], 'settled') ~= '0' then
  return 1
end

local expected = tonumber(ARGV[2])
if redis.call('HLEN', KEYS[1]) ~= expected then
  return 0
end
for i = 3, 1 + 2 * expected, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) ~= ARGV[i + 1] then
    return 0
  end
end

redis.call('DEL', KEYS[1])
for i = 4 + 2 * expected, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
if KEYS[2] then
  redis.call('HSET', KEYS[2], 'settled', '1')
end
return 1
