package io.github.webpubsubtestkit.internal.hub;

/**
 * The switches of what a hub does (client-protocols 0.4).
 *
 * @param closeOnOverflow a connection for which too much waits is closed with 1008 instead of
 *     aborted (D10, D11); default off
 */
public record HubOptions(boolean closeOnOverflow) {

  /** All off. */
  public static HubOptions defaults() {
    return new HubOptions(false);
  }
}
