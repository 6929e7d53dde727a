-- Reads a cart and the id of its version as one. KEYS: the cart, the id. ARGV: the id of a cart that has none, which one has that
-- was written by hand or before there were versions; seconds to live.
-- Returns the id, then product and quantity of each line in turn; nothing for an empty cart.
local lines = redis.call('HGETALL', KEYS[1])
if #lines == 0 then
  return lines
end
local id = redis.call('GET', KEYS[2])
if not id then
  id = ARGV[1]
  redis.call('SET', KEYS[2], id, 'EX', ARGV[2])
end
table.insert(lines, 1, id)
return lines
