-- Forgets an attempt whose version of the cart has not been settled. KEYS: the attempt, the version's order.
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('DEL', KEYS[1])
end
return 1
