package io.github.webpubsubtestkit.benchmark.work;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.webpubsubtestkit.benchmark.rival.JettyServer;
import io.github.webpubsubtestkit.benchmark.rival.MockServer;
import io.github.webpubsubtestkit.benchmark.rival.NettyServer;
import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.benchmark.rival.UndertowServer;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A server starts on a free port and stops, with nobody connected. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StartBenchmark {

  @Benchmark
  public void kit() {
    FakeWebPubSub.start().close();
  }

  @Benchmark
  public void raw() throws Exception {
    RawServer.begin().close();
  }

  @Benchmark
  public void netty() throws Exception {
    NettyServer.begin().close();
  }

  @Benchmark
  public void jetty() throws Exception {
    JettyServer.begin().close();
  }

  @Benchmark
  public void undertow() {
    UndertowServer.begin().close();
  }

  @Benchmark
  public void mockWebServer() throws Exception {
    MockServer.begin().close();
  }

  @Benchmark
  public void wireMock() {
    WireMockServer server =
        new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    server.stop();
  }
}
