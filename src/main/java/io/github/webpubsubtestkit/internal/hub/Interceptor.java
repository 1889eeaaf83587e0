package io.github.webpubsubtestkit.internal.hub;

/**
 * May stand between a request and its being carried out: a fault that a test has ordered. Its
 * {@code toString()} names it.
 */
public interface Interceptor {

  /**
   * Looks at a request or a handshake that has passed all checks. Called on the fake's loop, must
   * not block.
   *
   * @param asked the request as it would be recorded if it were carried out
   * @param call what can be done with it
   * @return whether this interceptor takes the request over; then it calls exactly one method of
   *     {@code call}, now or later, on the fake's loop
   */
  boolean intercept(RecordedOperation asked, InterceptedCall call);
}
