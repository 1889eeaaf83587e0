package io.github.webpubsubtestkit.internal.hub;

/**
 * Decides on requests before they are carried out: a fault that a test has added. Its {@code
 * toString()} names it.
 */
public interface Interceptor {

  /** Why a request was not carried out that an interceptor has taken. */
  String ORDERED = "ordered by this test, see faults()";

  /**
   * Looks at a request or a handshake that has passed all checks. Called on the fake's loop, must
   * not block.
   *
   * @param asked the request as it would be recorded if it were carried out
   * @param call the possible actions
   * @return true if this interceptor accepts the request; then it calls exactly one method of
   *     {@code call}, now or later, on the fake's loop
   */
  boolean intercept(RecordedOperation asked, InterceptedCall call);
}
