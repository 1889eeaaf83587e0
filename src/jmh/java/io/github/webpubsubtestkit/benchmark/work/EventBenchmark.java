package io.github.webpubsubtestkit.benchmark.work;

import static io.github.webpubsubtestkit.handler.EventAnswer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.client.EventRequest;
import io.github.webpubsubtestkit.benchmark.client.KeptAliveCaller;
import io.github.webpubsubtestkit.benchmark.rival.NettyHttpServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A user event that is answered with its own text, awaited at the client by an assertion: by a stub
 * on a thread of its own, and by an HTTP server. Baselines are a message of the client to itself,
 * which meets no handler, and the same message after one kept-alive HTTP call to that server, with
 * as many headers, by a socket that does nothing else.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EventBenchmark {

  private static final String EVENT =
      """
      {"type":"event","event":"echo","dataType":"text","data":"hi"}""";
  private static final String MESSAGE =
      """
      {"type":"sendToGroup","group":"room","dataType":"text","data":"hi"}""";

  /** A fake with one client, for each iteration a new one: both remember what has happened. */
  @State(Scope.Benchmark)
  public abstract static class Kit {
    private FakeWebPubSub service;
    private PubSubClient client;

    @Setup(Level.Iteration)
    public void start() throws Exception {
      service = FakeWebPubSub.start();
      handle(service);
      client = service.connect(ConnectOptions.asUser("alice").groups("room"));
    }

    @TearDown(Level.Iteration)
    public void stop() throws Exception {
      service.close();
    }

    abstract void handle(FakeWebPubSub service) throws Exception;

    void trip(String frame) {
      client.sendRaw(frame);
      assertThat(client).receivesText("hi");
    }
  }

  public static class Stub extends Kit {
    @Override
    void handle(FakeWebPubSub service) {
      service.eventHandler("hub").onUserEvent("echo", event -> reply(event.text()));
    }
  }

  public static class Message extends Kit {
    @Override
    void handle(FakeWebPubSub service) {}
  }

  public static class Http extends Kit {
    private NettyHttpServer application;

    @Override
    void handle(FakeWebPubSub service) {
      application = NettyHttpServer.replying("hi");
      String url = "http://127.0.0.1:" + application.port() + "/eventhandler";
      service.eventHandler("hub").add(EventHandler.url(url).systemEvents());
    }

    @Override
    public void stop() throws Exception {
      super.stop();
      application.close();
    }
  }

  public static class CallAndMessage extends Kit {
    private NettyHttpServer application;
    private KeptAliveCaller caller;

    @Override
    void handle(FakeWebPubSub service) throws IOException {
      application = NettyHttpServer.replying("hi");
      String request = EventRequest.of(application.port(), "hi");
      caller = new KeptAliveCaller(application.port(), request, 200, "hi");
    }

    @Override
    public void stop() throws Exception {
      super.stop();
      caller.close();
      application.close();
    }
  }

  @Benchmark
  public void stub(Stub kit) {
    kit.trip(EVENT);
  }

  @Benchmark
  public void message(Message kit) {
    kit.trip(MESSAGE);
  }

  @Benchmark
  public void http(Http kit) {
    kit.trip(EVENT);
  }

  @Benchmark
  public void callAndMessage(CallAndMessage kit) throws IOException {
    kit.caller.call();
    kit.trip(MESSAGE);
  }
}
