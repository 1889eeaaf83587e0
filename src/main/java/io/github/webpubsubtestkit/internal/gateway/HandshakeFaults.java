package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.hub.DataPlane;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall;
import io.github.webpubsubtestkit.internal.hub.Interceptor;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation.Result;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Kind;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Stands between handshakes that are all right and what comes of them. */
final class HandshakeFaults {

  private final DataPlane dataPlane;
  private final Timeline timeline;
  private final Consumer<RecordedOperation> observer;

  HandshakeFaults(DataPlane dataPlane, Timeline timeline, Consumer<RecordedOperation> observer) {
    this.dataPlane = dataPlane;
    this.timeline = timeline;
    this.observer = observer;
  }

  /**
   * Goes on with a handshake, unless there is a fault for it.
   *
   * @param record makes the handshake as it would be recorded if it were carried out; only called
   *     if a fault may want to know
   */
  void orProceed(Supplier<RecordedOperation> record, Handshake handshake, Runnable proceed) {
    if (!dataPlane.hasInterceptors()) {
      proceed.run();
      return;
    }
    RecordedOperation asked = record.get();
    if (!dataPlane.intercept(asked, new CheckedHandshake(asked, handshake, proceed))) {
      proceed.run();
    }
  }

  private final class CheckedHandshake implements InterceptedCall {

    private final RecordedOperation asked;
    private final Handshake handshake;
    private final Runnable proceed;

    CheckedHandshake(RecordedOperation asked, Handshake handshake, Runnable proceed) {
      this.asked = asked;
      this.handshake = handshake;
      this.proceed = proceed;
    }

    /** A client that has gone while it was held back is no failure of anybody. */
    @Override
    public void proceed() {
      if (handshake.exchange().isAbandoned()) {
        timeline.record(
            Kind.HANDSHAKE,
            "handshake",
            Direction.NOTE,
            "the client has gone while a fault held it back");
        handshake.exchange().drop();
      } else {
        proceed.run();
      }
    }

    @Override
    public void answer(int status, List<Map.Entry<String, String>> headers) {
      fault(String.valueOf(status));
      handshake.exchange().respond(HttpResponse.of(status, HttpHeaders.ofEntries(headers)));
    }

    @Override
    public Runnable hang() {
      fault("unanswered");
      return handshake.exchange()::drop;
    }

    @Override
    public void drop() {
      fault("dropped");
      handshake.exchange().drop();
    }

    private void fault(String what) {
      String outcome = what + " fault";
      timeline.record(Kind.HANDSHAKE, "handshake", Direction.OUT, outcome);
      observer.accept(
          new RecordedOperation(
              asked.operation(),
              asked.caller(),
              asked.hub(),
              asked.details(),
              Result.refused(outcome, Interceptor.ORDERED),
              asked.at()));
    }
  }
}
