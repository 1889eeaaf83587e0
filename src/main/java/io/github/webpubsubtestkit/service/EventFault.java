package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.upstream.HandlerFaults.EventAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A fault between the service and the event handlers of the application; made by {@link
 * Faults#event(String)}. Each attempt to deliver an event meets it: the service tries again after
 * 408, 5xx and a broken connection (event-handlers 8), so a handler that is down for good is {@code
 * times(4)} or {@code always()}.
 *
 * <pre>{@code
 * service.faults().event("order").drop().times(2);        // the webhook is down, then up again
 * service.faults().event("order").delay(ofSeconds(100));  // it is slow
 * service.faults().event("order").answer(500);            // it is refused
 * service.faults().event("order").dropAnswer();           // it comes twice
 * }</pre>
 *
 * @since 0.1
 */
public final class EventFault extends HttpFault<EventFault> {

  private static final Set<String> SYSTEM_EVENTS = Set.of("connect", "connected", "disconnected");

  private final String event;
  private final ClientPattern clients;

  EventFault(FaultOrder orders, String event, ClientPattern clients) {
    super(orders);
    this.event = event;
    this.clients = clients;
  }

  /**
   * Lets the handler do its work and breaks the connection before its answer arrives: the service
   * sends the event again, and the handler sees it twice.
   *
   * <pre>{@code
   * service.faults().event("order").dropAnswer();
   * alice.sendEvent("order", "42");
   * assertThat(shop).receivesEvents("order", "order");      // passes
   * assertThat(orders()).hasSize(1);                  // fails unless the application is idempotent
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public EventFault dropAnswer() {
    return endBy(End.ANSWER_DROPPED, "keeps its answer: ", () -> {});
  }

  boolean isFor(EventAttempt attempt) {
    return event.equals(attempt.event())
        && clients.matches(attempt.hub(), attempt.userId(), attempt.connectionId(), group -> false);
  }

  @Override
  Optional<String> nearest(Seen seen, Duration since) {
    boolean system = SYSTEM_EVENTS.contains(event);
    return seen.nearest(
        since,
        each -> misses(each, system),
        each -> system ? each.isHandshake() : each.operation() == Operation.EVENT,
        each ->
            system
                ? whyNoSystemEvent(seen, each)
                : seen.events().contains(each)
                    ? ANOTHER_MET
                    : seen.onlyRecorded()
                        ? "recordEvents() took it, and no event handler was called"
                        : "no event handler takes it");
  }

  private List<RequestMiss> misses(RecordedOperation operation, boolean system) {
    List<RequestMiss> misses =
        clients.misses(
            operation.hub(), operation.caller().userId(), operation.caller().connectionId());
    if (!system) {
      RequestCondition.event(event).miss(operation).ifPresent(misses::add);
    }
    return misses;
  }

  private String whyNoSystemEvent(Seen seen, RecordedOperation handshake) {
    return seen.handled().contains(handshake.hub())
        ? "no handler of its hub was sent " + event
        : "its hub has no event handler";
  }

  @Override
  String afterDelay() {
    return " after ";
  }

  @Override
  String choice() {
    return "event " + RequestText.quote(event) + clients.suffix();
  }

  @Override
  String effects() {
    return "answer(status), delay(time), drop(), dropAnswer() or hang()";
  }

  @Override
  String whatCame() {
    return "timeline() has what came instead";
  }
}
