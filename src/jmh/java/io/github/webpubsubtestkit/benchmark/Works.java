package io.github.webpubsubtestkit.benchmark;

import static io.github.webpubsubtestkit.benchmark.Contender.figure;
import static io.github.webpubsubtestkit.benchmark.Contender.score;
import static io.github.webpubsubtestkit.benchmark.Goal.figureAtMost;
import static io.github.webpubsubtestkit.benchmark.Goal.ratioAtLeast;
import static io.github.webpubsubtestkit.benchmark.Goal.ratioAtMost;

import io.github.webpubsubtestkit.benchmark.work.FirstOfKit;
import io.github.webpubsubtestkit.benchmark.work.FirstOfKitUnasserted;
import io.github.webpubsubtestkit.benchmark.work.FirstOfRival;
import io.github.webpubsubtestkit.benchmark.work.Suite;
import java.util.List;

/**
 * What is measured, in the order of the table. The baseline is raw Java-WebSocket where no other is
 * named.
 */
final class Works {

  /**
   * Seconds of warming up for what a whole test costs: a fresh fake took 5.3 ms in the first, 0.8
   * in the tenth and 0.7 in the fifteenth.
   */
  private static final int LONG = 20;

  static final List<Work> ALL =
      List.of(
          new Work(
              "fresh",
              "fresh fake, 2 clients, 1 group message, all closed (baseline: Netty)",
              "ms",
              score("FreshFakeBenchmark.kit", LONG),
              score("FreshFakeBenchmark.netty", LONG),
              ratioAtMost(0.35)),
          new Work(
                  "fresh",
                  "the same (baseline: MockWebServer)",
                  "ms",
                  score("FreshFakeBenchmark.kit", LONG),
                  score("FreshFakeBenchmark.mockWebServer", LONG),
                  ratioAtMost(0.35))
              .peer("raw", score("FreshFakeBenchmark.raw"))
              .peer("Jetty", score("FreshFakeBenchmark.jetty"))
              .peer("Undertow", score("FreshFakeBenchmark.undertow")),
          new Work(
                  "tls",
                  "fresh fake with TLS (baseline: raw with TLS)",
                  "ms",
                  score("TlsBenchmark.kit"),
                  score("TlsBenchmark.raw"),
                  ratioAtMost(0.5))
              .peer("a bare handshake", score("TlsBenchmark.handshake")),
          new Work(
              "tls",
              "fresh fake with TLS (baseline: plain, and 1.5 x 2 bare handshakes)",
              "ms",
              score("TlsBenchmark.kit"),
              score("TlsBenchmark.plainAndHandshakes"),
              ratioAtMost(1.0)),
          new Work(
                  "tlsbytes",
                  "MiB echoed over TLS in large messages (baseline: bare engines)",
                  "/s",
                  score("TlsBytesBenchmark.kit", 10),
                  score("TlsBytesBenchmark.bare", 10),
                  ratioAtLeast(0.7))
              .peer("kit, with its own client", score("TlsBytesBenchmark.withClientOfKit", 10)),
          new Work(
                  "suite",
                  "the first 100 tests of a JVM, two clients each (baseline: MockWebServer)",
                  "ms",
                  suite("OnTheKit"),
                  suite("OnMockWebServer"),
                  ratioAtMost(0.6))
              .peer("MockWebServer, and AssertJ", suite("OnMockWebServerWithAssertJ"))
              .peer("Netty", suite("OnNetty"))
              .peer("JUnit with empty tests", suite("OnNothing")),
          new Work(
                  "suite",
                  "the same (baseline: raw)",
                  "ms",
                  suite("OnTheKit"),
                  suite("OnRaw"),
                  ratioAtMost(0.35))
              .peer("raw, and AssertJ", suite("OnRawWithAssertJ")),
          new Work(
                  "suite",
                  "their processor time (baseline: raw)",
                  "ms",
                  suiteProcessorTime("OnTheKit"),
                  suiteProcessorTime("OnRaw"),
                  ratioAtMost(0.6))
              .peer("raw, and AssertJ", suiteProcessorTime("OnRawWithAssertJ"))
              .peer("MockWebServer", suiteProcessorTime("OnMockWebServer"))
              .peer("Netty", suiteProcessorTime("OnNetty"))
              .peer("JUnit with empty tests", suiteProcessorTime("OnNothing")),
          new Work(
                  "first",
                  "cold JVM until the first assertion has passed (baseline: raw)",
                  "ms",
                  first(FirstOfKit.class, ""),
                  first(FirstOfRival.class, "raw"),
                  ratioAtMost(1.2))
              .peer("kit, without assertion", first(FirstOfKitUnasserted.class, ""))
              .peer("raw, and AssertJ", first(FirstOfRival.class, "raw assertj"))
              .peer("Netty", first(FirstOfRival.class, "netty"))
              .peer("MockWebServer", first(FirstOfRival.class, "mockwebserver")),
          new Work(
              "connect",
              "connect and close one client",
              "µs",
              score("ConnectBenchmark.kit"),
              score("ConnectBenchmark.raw"),
              ratioAtMost(0.5)),
          new Work(
                  "roundtrip",
                  "round trip client, fake, client",
                  "µs",
                  score("RoundTripBenchmark.kit"),
                  score("RoundTripBenchmark.raw"),
                  ratioAtMost(0.4))
              .peer("Jetty", score("RoundTripBenchmark.jetty"))
              .peer("Undertow", score("RoundTripBenchmark.undertow"))
              .peer("MockWebServer", score("RoundTripBenchmark.mockWebServer")),
          new Work(
              "roundtrip",
              "the same (baseline: Netty)",
              "µs",
              score("RoundTripBenchmark.kit"),
              score("RoundTripBenchmark.netty"),
              ratioAtMost(0.8)),
          new Work(
              "reliable",
              "CPU per message to a reliable client (baseline: to a plain one)",
              "ns",
              figure("MessageCpuBenchmark.reliable"),
              figure("MessageCpuBenchmark.plain"),
              ratioAtMost(1.25)),
          new Work(
                  "fanout",
                  "fan-out to 1,000 receivers",
                  "/s",
                  score("FanOutBenchmark.kit"),
                  score("FanOutBenchmark.raw"),
                  ratioAtLeast(4))
              .peer("Netty", score("FanOutBenchmark.netty"))
              .peer("Jetty", score("FanOutBenchmark.jetty"))
              .peer("Undertow", score("FanOutBenchmark.undertow")),
          new Work(
              "protobuf",
              "protobuf fan-out to 1,000 receivers (baseline: JSON)",
              "/s",
              score("FanOutBenchmark.protobuf"),
              score("FanOutBenchmark.kit"),
              ratioAtLeast(1.0)),
          new Work(
              "fanoutcpu",
              "CPU per delivery to 1,000 receivers (baseline: to 100)",
              "ns",
              figure("FanOutCpuBenchmark.receivers1000"),
              figure("FanOutCpuBenchmark.receivers100"),
              ratioAtMost(1.2)),
          new Work(
                  "fanoutcpu",
                  "CPU per delivery to 8,000 receivers (baseline: to 100)",
                  "ns",
                  figure("FanOutCpuBenchmark.receivers8000"),
                  figure("FanOutCpuBenchmark.receivers100"),
                  ratioAtMost(1.2))
              .peer("kit, 10 receivers", figure("FanOutCpuBenchmark.receivers10")),
          new Work(
              "arrival",
              "message arrives until assertion has returned, p50 (baseline: plain Awaitility)",
              "µs",
              figure("ArrivalBenchmark.kit"),
              figure("ArrivalBenchmark.awaitility"),
              figureAtMost(30)),
          new Work(
              "quiet",
              "receivesNoMessage() with 100 connections",
              "µs",
              score("QuietBenchmark.kit"),
              null,
              figureAtMost(1_000)),
          new Work(
              "rest",
              "REST :send to an empty hub (baseline: Netty answers 202 unread)",
              "µs",
              score("RestSendBenchmark.toNobody"),
              score("RestSendBenchmark.netty"),
              ratioAtMost(1.3)),
          new Work(
              "rest",
              "REST :send to a connection, delivered (baseline: the same)",
              "µs",
              score("RestSendBenchmark.toOne"),
              score("RestSendBenchmark.netty"),
              ratioAtMost(1.2)),
          new Work(
              "sdk",
              "official SDK, sendToAll (baseline: Netty answers 202 unread)",
              "µs",
              score("SdkBenchmark.kit", 7),
              score("SdkBenchmark.netty", 7),
              ratioAtMost(1.15)),
          new Work(
              "restfanout",
              "REST :send until 1,000 have it (baseline: a client's sendToGroup)",
              "µs",
              score("RestFanOutBenchmark.rest"),
              score("RestFanOutBenchmark.client"),
              ratioAtMost(1.2)),
          new Work(
              "filter",
              "filter of five terms, per connection of 1,000 (baseline: plain Java)",
              "ns",
              score("FilterBenchmark.filter1000"),
              score("FilterBenchmark.java1000"),
              ratioAtMost(3)),
          new Work(
              "filter",
              "filter of five terms, per connection of 10,000 (baseline: plain Java)",
              "ns",
              score("FilterBenchmark.filter10000"),
              score("FilterBenchmark.java10000"),
              ratioAtMost(3)),
          new Work(
              "filter",
              "the same (baseline: the filter, per connection of 1,000)",
              "ns",
              score("FilterBenchmark.filter10000"),
              score("FilterBenchmark.filter1000"),
              ratioAtMost(2)),
          new Work(
              "parallel",
              "REST :send by 64 callers at once (baseline: by one)",
              "/s",
              score("ParallelSendBenchmark.callers64"),
              score("ParallelSendBenchmark.caller"),
              ratioAtLeast(1)),
          new Work(
              "event",
              "user event, stub, reply, to a message to oneself",
              "×",
              figure("EventBenchmark.stub"),
              null,
              figureAtMost(1.3)),
          new Work(
              "event",
              "user event, HTTP handler, reply, to one HTTP call and a message",
              "×",
              figure("EventBenchmark.http"),
              null,
              figureAtMost(1.3)),
          new Work(
              "pending",
              "round trip while a stub owes 1,000 answers, to one while none",
              "×",
              figure("PendingEventsBenchmark.stub"),
              null,
              figureAtMost(1.2)),
          new Work(
              "pending",
              "round trip while an HTTP handler owes 1,000, to one while none",
              "×",
              figure("PendingEventsBenchmark.http"),
              null,
              figureAtMost(1.2)),
          new Work(
              "heap",
              "heap per idle connection",
              "KiB",
              figure("IdleHeapBenchmark.kit"),
              figure("IdleHeapBenchmark.raw"),
              figureAtMost(5)),
          new Work(
              "heap",
              "heap per idle reliable connection (baseline: plain)",
              "KiB",
              figure("IdleHeapBenchmark.reliable"),
              figure("IdleHeapBenchmark.kit"),
              figureAtMost(8)),
          new Work(
              "buffered",
              "heap per unacknowledged message of 200 bytes",
              "B",
              figure("BufferedHeapBenchmark.kit"),
              null,
              figureAtMost(400)),
          new Work(
              "recovery",
              "recovery with 1,000 messages (baseline: plain connect, 1,000 messages)",
              "µs",
              figure("RecoveryBenchmark.kit"),
              figure("RecoveryBenchmark.plain"),
              ratioAtMost(1.5)),
          new Work(
              "clock",
              "advanceBy, per timer of 10,000 (baseline: of 1,000)",
              "ns",
              figure("ClockBenchmark.timers10000"),
              figure("ClockBenchmark.timers1000"),
              ratioAtMost(1.5)),
          new Work(
              "testclass",
              "a test of 100 in a class, two clients each, warm (baseline: Netty)",
              "ms",
              score("TestClassBenchmark.kit", LONG),
              score("TestClassBenchmark.netty", LONG),
              ratioAtMost(0.5)),
          new Work(
                  "testclass",
                  "the same (baseline: MockWebServer)",
                  "ms",
                  score("TestClassBenchmark.kit", LONG),
                  score("TestClassBenchmark.mockWebServer", LONG),
                  ratioAtMost(0.5))
              .peer("raw", score("TestClassBenchmark.raw", LONG)),
          new Work(
              "start",
              "start and stop, nobody connected (baseline: Netty)",
              "ms",
              score("StartBenchmark.kit"),
              score("StartBenchmark.netty"),
              ratioAtMost(0.5)),
          new Work(
                  "start",
                  "the same (baseline: MockWebServer)",
                  "ms",
                  score("StartBenchmark.kit"),
                  score("StartBenchmark.mockWebServer"),
                  ratioAtMost(0.5))
              .peer("raw", score("StartBenchmark.raw"))
              .peer("Jetty", score("StartBenchmark.jetty"))
              .peer("Undertow", score("StartBenchmark.undertow"))
              .peer("WireMock", score("StartBenchmark.wireMock")));

  private Works() {}

  private static Contender suite(String tests) {
    return JvmContender.time(Suite.class, tests, 1);
  }

  private static Contender suiteProcessorTime(String tests) {
    return JvmContender.processorTime(Suite.class, tests, 1);
  }

  private static Contender first(Class<?> main, String argument) {
    return JvmContender.time(main, argument, 3);
  }
}
