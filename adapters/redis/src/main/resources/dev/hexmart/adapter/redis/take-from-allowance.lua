-- Takes one from an allowance, if one is left (the generic cell rate algorithm). What is stored is when all of it will be
-- there again, in microseconds of Redis's own clock; a key that has expired is whole.
-- KEYS: the allowance. ARGV: times, period in microseconds.
-- Returns: how many are left, or -1 for a refusal; microseconds until it is whole; microseconds until the next.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local period = tonumber(ARGV[2])
local each = period / tonumber(ARGV[1])

local debt = (tonumber(redis.call('GET', KEYS[1])) or now) - now
-- After the clock was set back, or the allowance lowered, a key waits for a period at most.
debt = math.max(0, math.min(debt, period))

-- Whole numbers are stored: rounded down, so that the last of a burst is not refused for a fraction.
local after = math.floor(debt + each)
if after > period then
  return {-1, debt, after - period}
end
redis.call('SET', KEYS[1], string.format('%.0f', now + after), 'PX', math.ceil(after / 1000))
return {math.floor((period - after) / each), after, 0}
