-- Stores new tokens and frees the right to renew them; does nothing where there is no session any more.
-- KEYS: the session, the claim. ARGV: the tokens.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'tokens', ARGV[1])
redis.call('DEL', KEYS[2])
return 1
