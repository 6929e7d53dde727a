-- Puts one content of a cart in the place of another, if that is what is there, and gives it the id of its version.
-- KEYS: the cart, the id and, where that settles a version that was ordered, the version's order, which is noted once.
-- ARGV: seconds to live, the ids before and after, the id of a cart that has none, seconds to live and order of a version that is
-- settled, then twice: how many lines, and product and quantity of each.
-- Returns 1, or what the cart holds where that is something else: the id, then product and quantity of each line in turn; nothing
-- for an empty cart.
if KEYS[3] and redis.call('EXISTS', KEYS[3]) == 1 then
  return 1
end

local lines = redis.call('HGETALL', KEYS[1])
local id = redis.call('GET', KEYS[2])
local expected = tonumber(ARGV[7])
local same = #lines == 2 * expected and (expected == 0 or id == ARGV[2])
if same then
  local stored = {}
  for i = 1, #lines, 2 do
    stored[lines[i]] = lines[i + 1]
  end
  for i = 8, 6 + 2 * expected, 2 do
    same = same and stored[ARGV[i]] == ARGV[i + 1]
  end
end
if not same then
  if #lines > 0 then
    if not id then
      id = ARGV[4]
      redis.call('SET', KEYS[2], id, 'EX', ARGV[1])
    end
    table.insert(lines, 1, id)
  end
  return lines
end

redis.call('DEL', KEYS[1], KEYS[2])
if #ARGV >= 9 + 2 * expected then
  redis.call('HSET', KEYS[1], unpack(ARGV, 9 + 2 * expected))
  redis.call('EXPIRE', KEYS[1], ARGV[1])
  redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[1])
end
if KEYS[3] then
  redis.call('SET', KEYS[3], ARGV[6], 'EX', ARGV[5])
end
return 1
