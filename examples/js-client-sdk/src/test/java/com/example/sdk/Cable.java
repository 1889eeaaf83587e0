package com.example.sdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The network between a client and the service: a TCP proxy that a test can cut and mend. */
final class Cable implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final ServerSocket listening;
  private final InetSocketAddress service;
  private final Thread acceptor;

  private final Set<Socket> open = new HashSet<>(); // guarded by this
  private final List<Thread> pumps = new ArrayList<>(); // guarded by this
  private boolean cut; // guarded by this
  private int badGateways; // guarded by this
  private int refused; // guarded by this

  private Cable(URI endpoint) throws IOException {
    service = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    acceptor = new Thread(this::accept, "cable");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  static Cable to(URI endpoint) throws IOException {
    return new Cable(endpoint);
  }

  /** The same URL, by way of this cable. */
  String through(URI clientUrl) {
    String authority = listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort();
    return clientUrl.toString().replace(clientUrl.getRawAuthority(), authority);
  }

  /** Resets all connections, and every new one until it is mended. */
  synchronized void cut() {
    cut = true;
    open.forEach(Cable::reset);
  }

  synchronized void mend() {
    cut = false;
  }

  /** Mends it, but a gateway on the way answers the next connections with 502. */
  synchronized void mendWithBadGateways(int count) {
    badGateways = count;
    cut = false;
  }

  /** How many connections have been answered with 502. */
  synchronized int refused() {
    return refused;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        serve(listening.accept());
      } catch (IOException e) {
        // closed, or the client has gone already: there is nobody to serve
      }
    }
  }

  private synchronized void serve(Socket client) throws IOException {
    if (cut) {
      reset(client);
      return;
    }
    open.add(client);
    if (badGateways > 0) {
      badGateways--;
      refused++;
      start(() -> answerBadGateway(client));
      return;
    }
    Socket server = new Socket();
    open.add(server);
    server.connect(service, PATIENCE_MILLIS);
    server.setTcpNoDelay(true);
    client.setTcpNoDelay(true);
    start(() -> pump(client, server));
    start(() -> pump(server, client));
  }

  private void start(Runnable work) {
    Thread pump = new Thread(work, "cable-" + pumps.size());
    pump.setDaemon(true);
    pumps.add(pump);
    pump.start();
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      // what happens to one end happens to the other
      reset(from);
      reset(to);
    }
  }

  private static void answerBadGateway(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      StringBuilder head = new StringBuilder();
      for (int next = in.read(); next >= 0 && head.indexOf("\r\n\r\n") < 0; ) {
        head.append((char) next);
        next = head.indexOf("\r\n\r\n") < 0 ? in.read() : next;
      }
      client
          .getOutputStream()
          .write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
    } catch (IOException e) {
      // the client does not wait for its answer
    }
  }

  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // closed already
    }
  }

  @Override
  public void close() throws Exception {
    listening.close();
    cut();
    acceptor.join(PATIENCE_MILLIS);
    List<Thread> ending;
    synchronized (this) {
      ending = List.copyOf(pumps);
    }
    for (Thread pump : ending) {
      pump.join(PATIENCE_MILLIS);
    }
  }
}
