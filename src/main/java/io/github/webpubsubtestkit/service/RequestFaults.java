package io.github.webpubsubtestkit.service;

/**
 * What can go wrong with the REST requests that a pattern describes; made by {@link
 * Faults#request}.
 *
 * @since 0.1
 */
public final class RequestFaults {

  private final Faults faults;
  private final RequestPattern pattern;

  RequestFaults(Faults faults, RequestPattern pattern) {
    this.faults = faults;
    this.pattern = pattern;
  }

  /**
   * Answers the next such request with this status and an empty body, and does nothing of what it
   * asks.
   *
   * <p>The fault is in force when this returns, for one request; the result says more of it.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).answer(503);
   * app.broadcast("hi");                              // its SDK is refused once and tries again
   * assertThat(alice).receivesText("hi");             // passes
   * assertThat(service).hasReceivedRequest(sendToAll().withOutcome("503"));
   * service.faults().request(sendToAll()).answer(501);
   * app.broadcast("ho");                              // an SDK does not try again after 501
   * assertThat(alice).receivesText("ho");             // fails
   * }</pre>
   *
   * @param status 200 to 599; with a status of success the caller believes in what was not done
   * @return the fault, for one request unless it is told otherwise
   * @throws IllegalArgumentException if {@code status} is out of that range
   * @since 0.1
   */
  public AnswerFault answer(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be 200 to 599 but is " + status);
    }
    AnswerFault fault = new AnswerFault(faults, pattern, status);
    faults.order(fault);
    return fault;
  }
}
