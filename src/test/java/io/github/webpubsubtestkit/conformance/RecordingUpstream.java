package io.github.webpubsubtestkit.conformance;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.conformance.UpstreamAnswer.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The application behind the service: an HTTP/1.1 server on plain sockets that records what it gets
 * and answers by script. It is the "U" of the cases.
 *
 * <p>Unless a script says otherwise, every validation is answered 200 with {@code
 * WebHook-Allowed-Origin: *} and every event 204. A script has answers of which each is given once,
 * but the last for ever. A request is recorded before its answer is decided.
 *
 * <p>Closing fails if a script failed or a request was malformed.
 */
final class RecordingUpstream implements AutoCloseable {

  /** Decides on an answer, on a thread of the server; it may wait at a {@link Gate}. */
  interface Script {
    UpstreamAnswer answer(ReceivedRequest request) throws IOException;
  }

  private static final int MOST_CONNECTIONS = 64;

  private final ServerSocket server;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CountDownLatch ended = new CountDownLatch(1);

  // all below: guarded by the lock
  private final List<ReceivedRequest> requests = new ArrayList<>();
  private final Map<String, Deque<Script>> scripts = new HashMap<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final List<Gate> gates = new ArrayList<>();
  private int answered;

  private RecordingUpstream(ServerSocket server) {
    this.server = server;
  }

  static RecordingUpstream start() {
    try {
      RecordingUpstream upstream =
          new RecordingUpstream(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()));
      upstream.start(upstream::accept, "acceptor");
      return upstream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- where it is

  /** {@code 127.0.0.1:port}. */
  String authority() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** The template of the cases. */
  String template() {
    return url("/eh/{event}");
  }

  /** The URL of a path, which may be a template. */
  String url(String path) {
    return "http://" + authority() + path;
  }

  // ---- what it answers

  /** Answers validations: the first with the first, all after the last with the last. */
  RecordingUpstream onValidate(UpstreamAnswer... answers) {
    return on("validate", answers);
  }

  /** Answers an event: the first with the first, all after the last with the last. */
  RecordingUpstream on(String event, UpstreamAnswer... answers) {
    return script(event, Arrays.stream(answers).map(answer -> (Script) request -> answer).toList());
  }

  /** Answers an event by a script. */
  RecordingUpstream on(String event, Script script) {
    return script(event, List.of(script));
  }

  /** Answers an event with the answer once the gate is open. */
  RecordingUpstream on(String event, Gate gate, UpstreamAnswer answer) {
    return on(
        event,
        request -> {
          gate.pass();
          return answer;
        });
  }

  /** A gate for scripts of this server, which opens at the latest when the server is closed. */
  Gate gate() {
    Gate gate = new Gate();
    lock.lock();
    try {
      gates.add(gate);
    } finally {
      lock.unlock();
    }
    return gate;
  }

  private RecordingUpstream script(String event, List<Script> steps) {
    lock.lock();
    try {
      scripts.put(event, new ArrayDeque<>(steps));
      return this;
    } finally {
      lock.unlock();
    }
  }

  // ---- what it got

  /** All requests so far, in order. */
  List<ReceivedRequest> requests() {
    lock.lock();
    try {
      return List.copyOf(requests);
    } finally {
      lock.unlock();
    }
  }

  /** All validations so far: OPTIONS and GET. */
  List<ReceivedRequest> validations() {
    return requests().stream().filter(not(RecordingUpstream::isPost)).toList();
  }

  /** All events so far. */
  List<ReceivedRequest> posts() {
    return requests().stream().filter(RecordingUpstream::isPost).toList();
  }

  /** All requests for one event so far. */
  List<ReceivedRequest> posts(String event) {
    return posts().stream().filter(request -> request.event().equals(event)).toList();
  }

  /** The names of all events so far, in order. */
  List<String> events() {
    return posts().stream().map(ReceivedRequest::event).toList();
  }

  /** Waits for the only request for an event; more are a failure. */
  ReceivedRequest awaitPost(String event) {
    return awaitPosts(event, 1).get(0);
  }

  /** Waits until there are this many requests for an event; more are a failure. */
  List<ReceivedRequest> awaitPosts(String event, int count) {
    await(
        "%d requests for %s".formatted(count, event),
        all -> all.stream().filter(isPost(event)).count() >= count);
    List<ReceivedRequest> posts = posts(event);
    assertThat(posts).as("requests for %s", event).hasSize(count);
    return posts;
  }

  /**
   * Waits until there are as many events as names; others are a failure. The order is free, as
   * {@code disconnected} does not wait for {@code connected}.
   */
  List<ReceivedRequest> awaitEvents(String... names) {
    await(
        List.of(names) + " in any order",
        all -> all.stream().filter(RecordingUpstream::isPost).count() >= names.length);
    List<ReceivedRequest> posts = posts();
    assertThat(posts).extracting(ReceivedRequest::event).containsExactlyInAnyOrder(names);
    return posts;
  }

  /** Waits until there are this many validations; more are a failure. */
  List<ReceivedRequest> awaitValidations(int count) {
    await(
        count + " validations",
        all -> all.stream().filter(not(RecordingUpstream::isPost)).count() >= count);
    assertThat(validations()).hasSize(count);
    return validations();
  }

  /** Waits until all requests so far are answered. */
  void awaitAllAnswered() {
    await("an answer to each request", all -> answered == all.size());
  }

  private void await(String what, Predicate<List<ReceivedRequest>> condition) {
    long left = SECONDS.toNanos(10);
    lock.lock();
    try {
      while (!condition.test(requests)) {
        if (left <= 0) {
          throw new AssertionError("no %s within 10 s; got %s".formatted(what, requests));
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  private static Predicate<ReceivedRequest> isPost(String event) {
    return request -> isPost(request) && request.event().equals(event);
  }

  private static boolean isPost(ReceivedRequest request) {
    return request.method().equals("POST");
  }

  // ---- the server

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (!adopted(socket)) {
          socket.close();
          return;
        }
        socket.setTcpNoDelay(true);
        start(() -> serve(socket), "reader");
      } catch (IOException e) {
        if (!server.isClosed()) {
          failed(e);
        }
      }
    }
  }

  private boolean adopted(Socket socket) {
    lock.lock();
    try {
      assertThat(sockets).as("connections").hasSizeLessThan(MOST_CONNECTIONS);
      return !server.isClosed() && sockets.add(socket);
    } catch (AssertionError e) {
      failures.add(e);
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      try {
        answerAll(socket);
      } catch (IOException | InterruptedException | RuntimeException | Error e) {
        failed(e); // before the peer sees the end of the connection
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void answerAll(Socket socket) throws IOException, InterruptedException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    for (ReceivedRequest request = read(in); request != null; request = read(in)) {
      UpstreamAnswer answer = record(request).answer(request);
      if (answer.kind() == Kind.SILENCE) {
        ended.await();
      }
      if (answer.kind() != Kind.ANSWER) {
        socket.setSoLinger(true, 0);
        return;
      }
      write(answer, socket.getOutputStream());
    }
  }

  private static @Nullable ReceivedRequest read(InputStream in) throws IOException {
    try {
      return ReceivedRequest.read(in);
    } catch (SocketException e) {
      return null; // reset by the service, which it may do with a connection of its own
    }
  }

  private void write(UpstreamAnswer answer, OutputStream out) {
    try {
      answer.writeTo(out);
    } catch (IOException e) {
      return; // the service has heard enough, of a body that is too long for example
    }
    lock.lock();
    try {
      answered++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Script record(ReceivedRequest request) {
    lock.lock();
    try {
      requests.add(request);
      changed.signalAll();
      return Optional.ofNullable(scripts.get(request.event()))
          .map(steps -> steps.size() > 1 ? steps.remove() : steps.element())
          .orElse(RecordingUpstream::byDefault);
    } finally {
      lock.unlock();
    }
  }

  private static UpstreamAnswer byDefault(ReceivedRequest request) {
    return isPost(request) ? UpstreamAnswer.noContent() : UpstreamAnswer.allowing("*");
  }

  private void start(Runnable work, String name) {
    Thread thread = new Thread(work, "recording-upstream-" + server.getLocalPort() + "-" + name);
    thread.setDaemon(true);
    lock.lock();
    try {
      threads.add(thread);
    } finally {
      lock.unlock();
    }
    thread.start();
  }

  private void failed(Throwable failure) {
    lock.lock();
    try {
      if (ended.getCount() > 0) {
        failures.add(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<Thread> running;
    lock.lock();
    try {
      ended.countDown();
      gates.forEach(Gate::open);
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
      running = List.copyOf(threads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
    for (Thread thread : running) {
      join(thread);
    }
    lock.lock();
    try {
      if (!failures.isEmpty()) {
        AssertionError error = new AssertionError("the upstream failed: " + failures.get(0));
        failures.forEach(error::addSuppressed);
        throw error;
      }
    } finally {
      lock.unlock();
    }
  }

  private static void join(Thread thread) {
    try {
      NANOSECONDS.timedJoin(thread, SECONDS.toNanos(10));
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + thread, e);
    }
    assertThat(thread.isAlive()).as("%s still runs", thread).isFalse();
  }
}
