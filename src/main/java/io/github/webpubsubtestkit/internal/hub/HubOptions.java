package io.github.webpubsubtestkit.internal.hub;

/**
 * The switches of what a hub does (client-protocols 0.4).
 *
 * @param closeOnOverflow a connection for which too much waits is closed with 1008 instead of
 *     aborted (D10, D11); default off
 * @param dropOnUserEventFailure a client on a subprotocol is closed with 1011 when its event fails
 *     (D02); default off
 * @param rawFailureCloseCode with what a simple client is closed when its message fails: 1011, or
 *     1000 without a reason (D03); default 1011
 */
public record HubOptions(
    boolean closeOnOverflow, boolean dropOnUserEventFailure, int rawFailureCloseCode) {

  /** The defaults named above. */
  public static HubOptions defaults() {
    return new HubOptions(false, false, 1011);
  }
}
