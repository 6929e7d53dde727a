-- Stores an attempt to check out unless there is one, and returns the one that is stored: request, version, lines.
-- KEYS: the attempt. ARGV: seconds to live, request, version, lines.
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], 'request', ARGV[2], 'version', ARGV[3], 'lines', ARGV[4])
  redis.call('EXPIRE', KEYS[1], ARGV[1])
end
return redis.call('HMGET', KEYS[1], 'request', 'version', 'lines')
