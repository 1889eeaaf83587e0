package io.github.webpubsubtestkit.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The state machine without sockets: two ends in memory, pumped by the test. */
@DisplayName("TLS on a connection")
class TlsLayerTest {

  private static final int LIMIT_SECONDS = 10;

  private final TlsResources resources = new TlsResources("tls-layer-test");
  private final BlockingQueue<End> computed = new LinkedBlockingQueue<>();
  private final MemoryPipe[] pipes = MemoryPipe.pair();

  @AfterEach
  void stopThreads() throws InterruptedException {
    resources.stop();
    assertThat(resources.awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)))
        .isTrue();
  }

  /** One end, with what it has read so far. */
  private final class End {
    final SSLEngine engine;
    final TlsLayer layer;
    final ByteArrayOutputStream read = new ByteArrayOutputStream();
    final Object lock = new Object();
    boolean ended;

    End(SSLEngine engine, MemoryPipe pipe) {
      this.engine = engine;
      this.layer = new TlsLayer(pipe, engine, lock, resources);
      layer.onProgress(() -> computed.add(this));
    }

    /** Reads once; returns whether anything happened. */
    boolean step() throws IOException {
      ByteBuffer target = ByteBuffer.allocate(17 * 1024);
      if (ended) {
        return false;
      }
      boolean leftOver = layer.hasInput();
      int count = layer.read(target);
      ended = count < 0;
      read.write(target.array(), 0, Math.max(0, count));
      layer.flush();
      return count != 0 || leftOver; // the socket may have more
    }

    boolean isComputing() {
      return (layer.interest(SelectionKey.OP_READ) & SelectionKey.OP_READ) == 0;
    }

    long write(String text) throws IOException {
      return write(text.getBytes(UTF_8));
    }

    long write(byte[] bytes) throws IOException {
      return layer.write(new ByteBuffer[] {ByteBuffer.wrap(bytes)}, 1);
    }

    String text() {
      return read.toString(UTF_8);
    }
  }

  private End server(String... versions) {
    SSLEngine engine = TlsEngines.server(TlsIdentity.ofKit().context());
    if (versions.length > 0) {
      engine.setEnabledProtocols(versions);
    }
    return new End(engine, pipes[0]);
  }

  private End client() {
    return new End(TlsEngines.client(TlsIdentity.ofKit().context(), "localhost", 1), pipes[1]);
  }

  /** Moves everything until nothing moves any more. */
  private void pump(End... ends) throws IOException, InterruptedException {
    boolean moving = true;
    while (moving) {
      moving = false;
      for (End each : ends) {
        int before = pipes[0].waiting() + pipes[1].waiting();
        long taken = pipes[0].taken + pipes[1].taken;
        moving |= each.step();
        moving |= before != pipes[0].waiting() + pipes[1].waiting();
        moving |= taken != pipes[0].taken + pipes[1].taken;
        while (each.isComputing()) {
          End done = computed.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
          assertThat(done).as("the computation has ended").isNotNull();
          moving = true;
        }
      }
    }
  }

  private End[] connected(String... versions) throws IOException, InterruptedException {
    End server = server(versions);
    End client = client();
    assertThat(client.write("early")).as("before the handshake").isZero();
    pump(client, server);
    assertThat(client.layer.isEstablished()).isTrue();
    assertThat(server.layer.isEstablished()).isTrue();
    return new End[] {client, server};
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2", "TLSv1.3"})
  void carriesBytesBothWays(String version) throws Exception {
    End[] ends = connected(version);

    ends[0].write("hello");
    ends[1].write("welcome");
    pump(ends);

    assertThat(ends[1].text()).isEqualTo("hello");
    assertThat(ends[0].text()).isEqualTo("welcome");
    assertThat(ends[0].engine.getSession().getProtocol()).isEqualTo(version);
    assertThat(ends[0].engine.getApplicationProtocol()).isEqualTo("http/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void readsAndWritesOneByteAtATime(String version) throws Exception {
    for (MemoryPipe pipe : pipes) {
      pipe.maxRead = 1;
      pipe.maxWrite = 1;
    }
    End[] ends = connected(version);

    ends[0].write("hello");
    pump(ends);

    assertThat(ends[1].text()).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource({"1000, 700", "16709, 50000", "100000, 333"})
  void recordsMayBeSplitAndCoalesced(int maxRead, int maxWrite) throws Exception {
    End[] ends = connected();
    for (MemoryPipe pipe : pipes) {
      pipe.maxRead = maxRead;
      pipe.maxWrite = maxWrite;
    }
    byte[] sent = new byte[300_000];
    new Random(7).nextBytes(sent);

    int offset = 0;
    while (offset < sent.length) {
      offset +=
          (int)
              ends[0].layer.write(
                  new ByteBuffer[] {ByteBuffer.wrap(sent, offset, sent.length - offset)}, 1);
      pump(ends);
    }

    assertThat(ends[1].read.toByteArray()).isEqualTo(sent);
  }

  @Test
  @DisplayName("passes its records on below a limit that lets nothing more pass now")
  void recordsBelowALimit() throws Exception {
    End[] ends = connected();
    pipes[0].maxWrite = 0;
    ends[1].write("before");
    pipes[0].maxWrite = Integer.MAX_VALUE;
    Throttle limited = new Throttle(ends[1].layer, new StoppedTimers(), 1, () -> {});

    assertThat(limited.write(new ByteBuffer[] {ByteBuffer.wrap(new byte[1])}, 1)).isZero();
    ends[0].step();

    assertThat(ends[0].text()).isEqualTo("before");
  }

  private static final class StoppedTimers implements Timers {

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
      return () -> {};
    }
  }

  @Test
  void manySmallBuffersShareARecord() throws Exception {
    End[] ends = connected();
    ByteBuffer[] many = new ByteBuffer[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = ByteBuffer.wrap("ab".getBytes(UTF_8));
    }
    long before = pipes[1].taken;

    assertThat(ends[0].layer.write(many, many.length)).isEqualTo(200);

    assertThat(pipes[1].taken - before).as("bytes of all records").isLessThan(250);
  }

  @Test
  void aFullSocketStopsTheWriterAtABoundedAmount() throws Exception {
    End[] ends = connected();
    pipes[1].maxWrite = 0;

    byte[] large = new byte[10 * 1024 * 1024];
    long accepted = ends[0].write(large);

    assertThat(accepted).isLessThanOrEqualTo(TlsResources.BUFFER_BYTES);
    assertThat(ends[0].layer.flush()).isFalse();
    assertThat(ends[0].layer.interest(0)).isEqualTo(SelectionKey.OP_WRITE);
    assertThat(ends[0].write(large)).isZero();

    pipes[1].maxWrite = Integer.MAX_VALUE;
    assertThat(ends[0].layer.flush()).isTrue();
    assertThat(ends[0].layer.interest(0)).isZero();
    pump(ends);
    assertThat(ends[1].read.size()).isEqualTo((int) accepted);
  }

  @Test
  void duringTheHandshakeOutputWaitsForThePeerNotForTheSocket() throws Exception {
    End client = client();

    assertThat(client.write("early")).isZero();

    assertThat(client.layer.interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE))
        .isEqualTo(SelectionKey.OP_READ);
  }

  @Test
  void computationsOfTheHandshakeRunOnOtherThreads() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    SSLEngine engine = TlsEngines.server(TlsIdentity.ofKit().context());
    engine.setHandshakeApplicationProtocolSelector(
        (any, offered) -> {
          threads.add(Thread.currentThread().getName());
          return "http/1.1";
        });
    End server = new End(engine, pipes[0]);

    pump(client(), server);

    assertThat(threads).hasSize(1).allMatch(name -> name.startsWith("tls-layer-test-tls-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void closeNotifyIsTheEndOfTheInput(String version) throws Exception {
    End[] ends = connected(version);

    ends[0].write("last");
    ends[0].layer.shutdownOutput();
    pump(ends);

    assertThat(ends[1].text()).isEqualTo("last");
    assertThat(ends[1].ended).isTrue();
    assertThat(pipes[1].outputShut).as("TCP").isTrue();
  }

  @Test
  @DisplayName("with TLS 1.3 the other direction goes on after close_notify")
  void otherDirectionGoesOn() throws Exception {
    End[] ends = connected("TLSv1.3");
    ends[0].layer.shutdownOutput();
    pump(ends);

    ends[1].write("answer");
    ends[1].layer.shutdownOutput();
    pump(ends);

    assertThat(ends[0].text()).isEqualTo("answer");
    assertThat(ends[0].ended).isTrue();
  }

  @Test
  void theEndOfAConnectionSaysSo() throws Exception {
    End[] ends = connected();

    ends[0].layer.end(false);
    pump(ends[1]);

    assertThat(ends[1].ended).isTrue();
  }

  @Test
  void endOfTcpWithoutCloseNotifyIsAFailure() throws Exception {
    End[] ends = connected();
    ends[0].write("half");
    pump(ends);

    pipes[1].end();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> pump(ends[1]))
        .withMessageContaining("close_notify");
    assertThat(ends[1].text()).isEqualTo("half");
  }

  @Test
  void endOfTcpInTheHandshakeIsAFailure() {
    End server = server();
    pipes[1].end();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(server::step)
        .withMessage("the connection was closed during the TLS handshake");
  }

  @Test
  @DisplayName(
      "a client that leaves when it has seen the certificate most likely does not trust it")
  void endOfTcpAfterTheCertificate() throws Exception {
    End server = server();
    client().step();
    pump(server);
    pipes[1].end();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> pump(server))
        .withMessage(
            "the connection was closed during the TLS handshake, usually because the client does"
                + " not trust this port's certificate: see sslContext() and certificate()");
  }

  @Test
  @DisplayName("what cannot be read of a client that has seen the certificate means the same")
  void alertInTheClear() throws Exception {
    End server = server("TLSv1.3");
    client().step();
    pump(server);
    pipes[0].receive(new byte[] {21, 3, 3, 0, 2, 2, 48}); // as OpenSSL says unknown_ca

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> pump(server))
        .withMessageStartingWith("the TLS handshake failed: ")
        .withMessageEndingWith(
            ", usually because the client does not trust this port's certificate: see sslContext()"
                + " and certificate()");
  }

  @Test
  void plainHttpIsAnsweredInPlainWords() {
    End server = server();
    pipes[0].receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(server::step)
        .withMessage(
            "the client sent plain HTTP, but this port speaks TLS: it must use https:// or"
                + " wss://");

    ByteBuffer answer = ByteBuffer.allocate(1000);
    pipes[1].read(answer);
    assertThat(new String(answer.array(), 0, answer.position(), UTF_8))
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .endsWith("\r\n\r\nThis port speaks TLS: use https:// and wss:// for it.\r\n")
        .contains("Content-Length: 55\r\n");
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 5, 'x', (byte) 0xff})
  void otherFirstBytesAreNotTls(byte first) {
    End server = server();
    pipes[0].receive(first, (byte) 1, (byte) 2);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(server::step)
        .withMessage("what the client sent is not TLS");
    assertThat(pipes[1].waiting()).isZero();
  }

  @Test
  void aServerThatSpeaksPlainHttpIsNamed() throws Exception {
    End client = client();
    client.write("x");
    pipes[1].receive("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(client::step)
        .withMessage("the peer does not speak TLS");
  }

  @Test
  void garbageInsteadOfARecordEndsTheConnectionWithAnAlert() throws Exception {
    End[] ends = connected();
    int before = pipes[1].waiting();
    pipes[0].receive(new byte[] {23, 3, 3, 0, 20});
    pipes[0].receive(new byte[20]);

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> pump(ends[1]));

    assertThat(pipes[1].waiting()).as("an alert").isGreaterThan(before);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> pump(ends[1]));
  }

  @Test
  void aRecordThatClaimsToBeTooLargeIsRefused() throws Exception {
    End[] ends = connected();
    pipes[0].receive(new byte[] {23, 3, 3, (byte) 0x7f, (byte) 0xff});
    pipes[0].receive(new byte[40_000]);

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> pump(ends[1]));
  }

  @Test
  @DisplayName("renegotiation of TLS 1.2 is refused")
  void renegotiationIsRefused() throws Exception {
    End[] ends = connected("TLSv1.2");
    ends[0].engine.beginHandshake();
    ByteBuffer hello = ByteBuffer.allocate(20_000);
    ends[0].engine.wrap(ByteBuffer.allocate(0), hello);
    pipes[0].receive(Arrays.copyOf(hello.array(), hello.position()));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> pump(ends[1]))
        .withMessageContaining("renegotiation");
  }

  @Test
  @DisplayName("X226 a client that offers only h2 gets TLS without ALPN")
  void onlyHttp2() throws Exception {
    End server = server();
    End client = client();
    SSLParameters parameters = client.engine.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    client.engine.setSSLParameters(parameters);
    client.write("x");

    pump(client, server);

    assertThat(client.layer.isEstablished()).isTrue();
    assertThat(client.engine.getApplicationProtocol()).isEmpty();
  }

  @Test
  @DisplayName("what a read has left over comes before the socket is asked again")
  void leftOverInputDoesNotAskTheSocket() throws Exception {
    End[] ends = connected();
    byte[] sent = new byte[30_000];
    ends[0].write(sent);
    ends[0].layer.flush();
    assertThat(ends[1].step()).isTrue();
    assertThat(ends[1].layer.hasInput()).isTrue();
    ends[0].write(sent);
    ends[0].layer.flush();
    int waiting = pipes[0].waiting();

    assertThat(ends[1].step()).isTrue();

    assertThat(ends[1].read.size()).isEqualTo(sent.length);
    assertThat(ends[1].layer.hasInput()).as("so the loop turns to others").isFalse();
    assertThat(pipes[0].waiting()).isEqualTo(waiting).isGreaterThan(0);
    pump(ends);
    assertThat(ends[1].read.size()).isEqualTo(2 * sent.length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theEndOfAConnectionEndsTheWaitForItsHandshake(boolean silently) {
    End server = server();
    AtomicInteger told = new AtomicInteger();
    server.layer.onHandshakeEnd(told::incrementAndGet);

    server.layer.end(silently);

    assertThat(told).hasValue(1);
  }

  @Test
  void aResetGivesItsBuffersBackAndSaysNothing() throws Exception {
    End[] ends = connected();
    pipes[1].maxWrite = 0;
    ends[0].write("x");
    assertThat(resources.lent()).isPositive();
    pipes[1].maxWrite = Integer.MAX_VALUE;

    ends[0].layer.end(true);

    assertThat(resources.lent()).isZero();
    assertThat(pipes[0].waiting()).isZero();
  }

  @Test
  void noBufferIsHeldWhileNothingIsUnderWay() throws Exception {
    End[] ends = connected();
    ends[0].write("x");
    pump(ends);

    assertThat(resources.lent()).isZero();
    assertThat(ends[1].layer.isQuiet()).isTrue();
    assertThat(ends[0].layer.isQuiet()).isTrue();
    assertThat(resources.lent()).isZero();
  }
}
