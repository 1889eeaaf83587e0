package io.github.webpubsubtestkit.internal.wire;

/**
 * The number by which a client asks for an ack: unsigned, 64 bits (client-protocols C.2).
 *
 * @param bits the 64 bits of the unsigned number
 */
public record AckId(long bits) {

  /** The number in decimal digits, 0 to 18446744073709551615. */
  @Override
  public String toString() {
    return Long.toUnsignedString(bits);
  }
}
