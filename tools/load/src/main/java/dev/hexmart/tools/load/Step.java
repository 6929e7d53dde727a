package dev.hexmart.tools.load;

/** What is timed. */
enum Step {
    LIST("list products"),
    VIEW("view a product"),
    ADD("add to cart"),
    CART("view cart"),
    CHECKOUT("check out"),
    AGAIN("check out again"),
    SETTLED("until paid or not"),
    SETTLED_LATE("the same, slow cards"),
    VISIT("arrival to order");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
