package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import java.time.Duration;
import java.util.Optional;

/**
 * A fault of the REST requests that a pattern describes; made by {@link Faults#request}.
 *
 * <pre>{@code
 * service.faults().request(sendToAll()).answer(503).times(2);
 * service.faults().request(sendToAll()).delay(ofSeconds(2));                // then carried out
 * service.faults().request(sendToAll()).delay(ofSeconds(2)).answer(504);
 * service.faults().request(sendToAll()).dropAnswer();                       // carried out, too
 * service.faults().request(anyRequest().inHub("chat")).drop();
 * }</pre>
 *
 * @since 0.1
 */
public final class RequestFault extends HttpFault<RequestFault> {

  private final RequestPattern pattern;

  RequestFault(FaultOrder orders, RequestPattern pattern) {
    super(orders);
    this.pattern = pattern;
  }

  /**
   * Carries the request out and resets its connection instead of answering: the caller cannot know
   * what has become of it. {@link FakeWebPubSub#requests()} has its outcome as usual.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).dropAnswer();
   * app.broadcast("hi");                              // its SDK sees an I/O error and tries again
   * assertThat(alice).receivesExactly("hi", "hi");    // passes: the message came twice
   * assertThat(alice).hasReceivedNoText("hi");        // fails
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public RequestFault dropAnswer() {
    return endBy(End.ANSWER_DROPPED, "keeps its answer: ", () -> {});
  }

  @Override
  boolean isFor(RecordedOperation operation) {
    return pattern.matches(operation);
  }

  @Override
  Optional<String> nearest(Seen seen, Duration since) {
    return seen.nearest(
        since,
        pattern::misses,
        each -> !each.isHandshake() && pattern.hasInCommonWith(each),
        each ->
            switch (each.caller().origin()) {
              case TEST -> "what the test itself sends meets no fault";
              case CLIENT -> "what connected clients send meets faults().ack(..), not this";
              case SERVER -> ANOTHER_MET;
            });
  }

  @Override
  String choice() {
    return pattern.toString();
  }

  @Override
  String effects() {
    return "answer(status), delay(time), drop(), dropAnswer() or hang()";
  }
}
