-- Puts one content of a cart in the place of another, if that is what is there, and gives it the id of its version.
-- KEYS: the cart, the id and, where that settles a version that was ordered, the version's order, which is noted once.
-- ARGV: seconds to live, the ids before and after, seconds to live and order of a version that is settled, then twice: how many
-- lines, and product and quantity of each.
-- Returns 1, or 0 where the cart holds something else.
if KEYS[3] and redis.call('EXISTS', KEYS[3]) == 1 then
  return 1
end

local expected = tonumber(ARGV[6])
if redis.call('HLEN', KEYS[1]) ~= expected then
  return 0
end
if expected > 0 and redis.call('GET', KEYS[2]) ~= ARGV[2] then
  return 0
end
for i = 7, 5 + 2 * expected, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) ~= ARGV[i + 1] then
    return 0
  end
end

redis.call('DEL', KEYS[1], KEYS[2])
for i = 8 + 2 * expected, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
if redis.call('EXPIRE', KEYS[1], ARGV[1]) == 1 then
  redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[1])
end
if KEYS[3] then
  redis.call('SET', KEYS[3], ARGV[5], 'EX', ARGV[4])
end
return 1
