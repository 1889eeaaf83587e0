package io.github.webpubsubtestkit.internal.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web server that allows every origin and does to each POST what it is told. */
final class RawApplication implements AutoCloseable {

  private static final int LIMIT_MILLIS = 20_000;
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
  private static final String ALLOWED =
      "HTTP/1.1 200 OK\r\nWebHook-Allowed-Origin: *\r\nContent-Length: 0\r\n\r\n";

  final List<String> posts = new CopyOnWriteArrayList<>();
  final CountDownLatch hanging = new CountDownLatch(1);
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;
  private final Behaviour behaviour;

  /** What is done to a request, once it has been read. */
  @FunctionalInterface
  interface Behaviour {
    void serve(Socket socket) throws IOException;
  }

  RawApplication(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Writes Latin-1 text in which {@code |} stands for CR LF. */
  static Behaviour answers(String text) {
    return socket -> socket.getOutputStream().write(text.replace("|", "\r\n").getBytes(ISO_8859_1));
  }

  static Behaviour answersAndCloses(String text) {
    return socket -> {
      answers(text).serve(socket);
      socket.close();
    };
  }

  static Behaviour resets() {
    return socket -> {
      socket.setSoLinger(true, 0);
      socket.close();
    };
  }

  static Behaviour writesByteByByte(String text) {
    return socket -> {
      socket.setTcpNoDelay(true);
      for (byte each : text.replace("|", "\r\n").getBytes(ISO_8859_1)) {
        socket.getOutputStream().write(each);
      }
    };
  }

  private void start(Runnable task) {
    Thread thread = new Thread(task, "raw-application");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/eh/{event}";
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        socket.setSoTimeout(LIMIT_MILLIS);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        Matcher length = LENGTH.matcher(head);
        String body =
            length.find()
                ? new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1)
                : "";
        if (head.startsWith("OPTIONS ")) {
          socket.getOutputStream().write(ALLOWED.getBytes(ISO_8859_1));
        } else {
          posts.add(head + body);
          hanging.countDown();
          behaviour.serve(socket);
        }
      }
    } catch (IOException e) {
      // the service has gone, or the test is over
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int each = in.read();
      if (each < 0) {
        return "";
      }
      head.write(each);
      text = each == '\n' ? head.toString(ISO_8859_1) : text;
    }
    return text;
  }

  /** Whether the service has closed all its connections. */
  boolean isLeftAlone() throws InterruptedException {
    for (Thread thread : threads) {
      if (thread != threads.get(0)) {
        TimeUnit.MILLISECONDS.timedJoin(thread, LIMIT_MILLIS);
      }
    }
    return threads.stream().skip(1).noneMatch(Thread::isAlive);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
