package io.github.webpubsubtestkit.benchmark.work;

import static io.github.webpubsubtestkit.handler.EventAnswer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.client.EventRequest;
import io.github.webpubsubtestkit.benchmark.client.KeptAliveCaller;
import io.github.webpubsubtestkit.benchmark.rival.NettyHttpServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * A user event that is answered with its own text, awaited at the client by an assertion: by a stub
 * on a thread of its own, and by an HTTP server. The figure is how many times as long as the
 * baseline it takes: a message of the client to itself, which meets no handler, and for the HTTP
 * server the same behind one kept-alive HTTP call to it, with the same headers, by a socket that
 * does nothing else.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class EventBenchmark {

  private static final int WARM_UPS = 50;
  private static final int PAIRS = 25;

  private static final String EVENT =
      """
      {"type":"event","event":"echo","dataType":"text","data":"hi"}""";

  @Benchmark
  public void stub(Figure figure) throws Exception {
    figure.is(Alternating.ratio(WARM_UPS, PAIRS, Stub::new, Message::new));
  }

  @Benchmark
  public void http(Figure figure) throws Exception {
    figure.is(Alternating.ratio(WARM_UPS, PAIRS, Http::new, CallAndMessage::new));
  }

  /** A fake with one client. */
  private abstract static class Kit implements Alternating.Work {
    final FakeWebPubSub service = FakeWebPubSub.start();
    private PubSubClient client;

    void connect() {
      client = service.connect(ConnectOptions.asUser("alice").groups("room"));
    }

    void trip(String frame) {
      client.sendRaw(frame);
      assertThat(client).receivesText("hi");
    }

    @Override
    public void close() throws Exception {
      service.close();
    }
  }

  private static final class Stub extends Kit {

    Stub() {
      service.eventHandler("hub").onUserEvent("echo", event -> reply(event.text()));
      connect();
    }

    @Override
    public void once() {
      trip(EVENT);
    }
  }

  private static final class Message extends Kit {

    Message() {
      connect();
    }

    @Override
    public void once() {
      trip(RoundTripBenchmark.REQUEST);
    }
  }

  private static final class Http extends Kit {
    private final NettyHttpServer application = NettyHttpServer.replying("hi");

    Http() {
      service.eventHandler("hub").add(application.userEventHandler());
      connect();
    }

    @Override
    public void once() {
      trip(EVENT);
    }

    @Override
    public void close() throws Exception {
      super.close();
      application.close();
    }
  }

  private static final class CallAndMessage extends Kit {
    private final NettyHttpServer application = NettyHttpServer.replying("hi");
    private final KeptAliveCaller caller;

    CallAndMessage() throws Exception {
      String request = EventRequest.of(application.port(), "hi");
      caller = new KeptAliveCaller(application.port(), request, 200, "hi");
      connect();
    }

    @Override
    public void once() throws Exception {
      caller.call();
      trip(RoundTripBenchmark.REQUEST);
    }

    @Override
    public void close() throws Exception {
      super.close();
      caller.close();
      application.close();
    }
  }
}
