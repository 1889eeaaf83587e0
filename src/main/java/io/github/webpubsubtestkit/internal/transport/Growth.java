package io.github.webpubsubtestkit.internal.transport;

import java.util.Arrays;

/** Grows arrays with the bytes a peer has sent, independent of the length it has declared. */
final class Growth {

  private Growth() {}

  /**
   * The array itself if it is large enough, else a copy of at least twice its length.
   *
   * @param declared the maximum length of an array; never less than needed
   */
  static byte[] withRoomFor(byte[] bytes, int needed, int declared) {
    if (needed <= bytes.length) {
      return bytes;
    }
    int doubled = (int) Math.min(declared, 2L * bytes.length);
    return Arrays.copyOf(bytes, Math.max(needed, doubled));
  }
}
