-- Stores an attempt to check out unless there is one, and returns the one that is stored: request, lines, settled.
-- KEYS: the attempt. ARGV: seconds to live, request, lines.
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], 'request', ARGV[2], 'lines', ARGV[3], 'settled', '0')
  redis.call('EXPIRE', KEYS[1], ARGV[1])
end
return redis.call('HMGET', KEYS[1], 'request', 'lines', 'settled')
