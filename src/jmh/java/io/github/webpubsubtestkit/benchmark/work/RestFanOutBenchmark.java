package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.client.KeptAliveCaller;
import io.github.webpubsubtestkit.benchmark.client.SendRequest;
import io.github.webpubsubtestkit.client.Protocol;
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
 * One message to a group of 1,000, until the last of them has it: sent by a REST call, and by one
 * of the members.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RestFanOutBenchmark {

  private static final int RECEIVERS = 1_000;

  @State(Scope.Benchmark)
  public static class Kit {
    private FakeWebPubSub service;
    private GroupOfReceivers group;
    private KeptAliveCaller server;

    @Setup
    public void start() throws Exception {
      service = FakeWebPubSub.start();
      group = GroupOfReceivers.of(service, Protocol.JSON, RECEIVERS, 1);
      server =
          new KeptAliveCaller(
              service.endpoint().getPort(),
              SendRequest.of(
                  service.endpoint().toString(),
                  "/api/hubs/hub/groups/room/:send",
                  service.accessKey()));
    }

    @TearDown
    public void stop() throws Exception {
      server.close();
      group.close();
      service.close();
    }
  }

  @Benchmark
  public void rest(Kit kit) throws Exception {
    kit.group.sentBy(kit.server);
  }

  @Benchmark
  public void client(Kit kit) throws Exception {
    kit.group.burst();
  }
}
