-- Forgets an attempt that has not been settled. KEYS: the attempt.
if redis.call('HGET', KEYS[1], 'settled') == '0' then
  redis.call('DEL', KEYS[1])
end
return 1
