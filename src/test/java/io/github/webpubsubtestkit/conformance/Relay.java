package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A reverse proxy that hands on every byte as it is, and keeps what its callers said. A thread for
 * each direction of each connection; closing it ends them all.
 */
final class Relay implements AutoCloseable {

  private static final Pattern BEARER =
      Pattern.compile(
          "^authorization: bearer (\\S+)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private static final long PATIENCE_MILLIS = 5_000;

  private final URI target;
  private final ServerSocket listener;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream(); // guarded by itself
  private final List<Socket> sockets = new ArrayList<>(); // guarded by this
  private final List<Thread> threads = new ArrayList<>(); // guarded by this
  private boolean closed; // guarded by this

  private Relay(URI target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  /** A proxy on a port of its own. */
  static Relay to(URI target) {
    try {
      return new Relay(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the proxy listens. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** All that callers have said so far. */
  String heard() {
    synchronized (heard) {
      return heard.toString(ISO_8859_1);
    }
  }

  /** The tokens of all requests so far. */
  List<String> tokens() {
    return BEARER
        .matcher(heard().replace("\r", ""))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private void accept() throws IOException {
    while (true) {
      Socket caller = listener.accept();
      Socket service = new Socket(target.getHost(), target.getPort());
      if (!keep(caller) || !keep(service)) {
        return;
      }
      start("to-service", () -> handOn(caller, service, heard));
      start("to-caller", () -> handOn(service, caller, OutputStream.nullOutputStream()));
    }
  }

  private synchronized boolean keep(Socket socket) throws IOException {
    if (closed) {
      socket.close();
    } else {
      socket.setTcpNoDelay(true);
      sockets.add(socket);
    }
    return !closed;
  }

  private static void handOn(Socket from, Socket to, OutputStream copy) throws IOException {
    byte[] bytes = new byte[8192];
    InputStream in = from.getInputStream();
    for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
      synchronized (copy) {
        copy.write(bytes, 0, n);
      }
      to.getOutputStream().write(bytes, 0, n);
    }
    to.shutdownOutput();
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private synchronized void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // one side has gone; so will the other
              }
            },
            "relay-" + listener.getLocalPort() + "-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  @Override
  public void close() {
    List<Thread> running;
    try (listener) {
      synchronized (this) {
        closed = true;
        for (Socket socket : sockets) {
          socket.close();
        }
        running = List.copyOf(threads);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Thread thread : running) {
      try {
        thread.join(PATIENCE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      assertThat(thread.isAlive()).as("%s", thread).isFalse();
    }
  }
}
