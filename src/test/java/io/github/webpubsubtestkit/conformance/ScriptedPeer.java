package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server for one connection that does what a test of the driver tells it to. */
final class ScriptedPeer implements AutoCloseable {

  /** What to do with the connection. */
  interface Script {
    void run(Socket socket, InputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private ScriptedPeer(ServerSocket server) {
    this.server = server;
  }

  static ScriptedPeer running(Script script) {
    try {
      ScriptedPeer peer =
          new ScriptedPeer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      peer.server.setSoTimeout(5_000);
      Thread thread = new Thread(() -> peer.serve(script), "scripted-peer");
      thread.setDaemon(true);
      thread.start();
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Reads a request head, blank line included. */
  static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("head ends early");
      }
      head.write(b);
    }
    return head.toString(ISO_8859_1);
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  private void serve(Script script) {
    try (Socket socket = server.accept()) {
      socket.setSoTimeout(5_000);
      script.run(socket, socket.getInputStream(), socket.getOutputStream());
      done.complete(null);
    } catch (IOException | RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  /** Waits for the script's end; what went wrong there goes wrong here. */
  @Override
  public void close() {
    try {
      done.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the script failed", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the script did not end", e);
    } finally {
      try {
        server.close();
      } catch (IOException e) {
        done.completeExceptionally(e);
      }
    }
  }
}
