package io.github.webpubsubtestkit.benchmark.work;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.benchmark.rival.NettyHttpServer;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A {@code sendToAll} of the official SDK, from the call to its return, against the same call to a
 * server that answers 202 without looking at anything.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SdkBenchmark {

  private static WebPubSubServiceClient sdk(String connectionString) {
    return new WebPubSubServiceClientBuilder()
        .connectionString(connectionString)
        .hub("hub")
        .httpClient(new JdkHttpClientBuilder().build())
        .buildClient();
  }

  @State(Scope.Benchmark)
  public static class Kit {
    private FakeWebPubSub service;
    private WebPubSubServiceClient sdk;

    @Setup
    public void start() {
      service = FakeWebPubSub.start();
      sdk = sdk(service.connectionString());
    }

    @TearDown
    public void stop() {
      service.close();
    }
  }

  @State(Scope.Benchmark)
  public static class Netty {
    private NettyHttpServer server;
    private WebPubSubServiceClient sdk;

    @Setup
    public void start() {
      server = NettyHttpServer.begin();
      sdk =
          sdk(
              "Endpoint=http://127.0.0.1:"
                  + server.port()
                  + ";AccessKey="
                  + "k".repeat(43)
                  + ";Version=1.0;");
    }

    @TearDown
    public void stop() throws Exception {
      server.close();
    }
  }

  @Benchmark
  public void kit(Kit kit) {
    kit.sdk.sendToAll("hello", WebPubSubContentType.TEXT_PLAIN);
  }

  @Benchmark
  public void netty(Netty netty) {
    netty.sdk.sendToAll("hello", WebPubSubContentType.TEXT_PLAIN);
  }
}
