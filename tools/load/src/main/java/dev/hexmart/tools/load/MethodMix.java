package dev.hexmart.tools.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Which means of payment the shoppers have, and how many of them each, in relation to one another. */
record MethodMix(Map<String, Integer> shares) {

    static final String DEFAULT = "card-ok=85,card-declined=10,card-slow=3,card-lost=2";

    MethodMix {
        if (shares.isEmpty() || shares.values().stream().anyMatch(share -> share < 1)) {
            throw new IllegalArgumentException("A mix has at least one method, and each a share of 1 or more");
        }
        shares = new LinkedHashMap<>(shares);
    }

    /** {@code card-ok=85,card-declined=15}, or one method alone. */
    static MethodMix parse(String text) {
        Map<String, Integer> shares = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("[a-z0-9-]+(=[0-9]{1,6})?")) {
                throw new IllegalArgumentException("write a mix of methods as card-ok=85,card-declined=15");
            }
            int equals = part.indexOf('=');
            String method = equals < 0 ? part : part.substring(0, equals);
            shares.put(method, equals < 0 ? 1 : Integer.parseInt(part.substring(equals + 1)));
        }
        return new MethodMix(shares);
    }

    String pick(RandomGenerator random) {
        int left = random.nextInt(
                shares.values().stream().mapToInt(Integer::intValue).sum());
        for (Map.Entry<String, Integer> share : shares.entrySet()) {
            left -= share.getValue();
            if (left < 0) {
                return share.getKey();
            }
        }
        throw new IllegalStateException("The shares do not add up to their sum");
    }

    @Override
    public String toString() {
        return shares.entrySet().stream()
                .map(share -> share.getKey() + "=" + share.getValue())
                .collect(Collectors.joining(","));
    }
}
