package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS on one socket: the handshake, records in both directions, and the end.
 *
 * <p>Guarded by the lock of its {@link Endpoint}. Reading happens on the loop only; the
 * computations of a handshake on other threads, which never hold the lock. A failure of the
 * handshake is thrown by {@link #read} alone.
 */
final class TlsLayer implements ByteLayer {

  private static final ByteBuffer[] NOTHING = {ByteBuffer.allocate(0)};

  /** A record begins with its type; below and above these there is none. */
  private static final int FIRST_TYPE = 20;

  private static final int LAST_TYPE = 24;

  private static final byte[] PLAIN_ANSWER =
      String.join(
              "\r\n",
              "HTTP/1.1 400 Bad Request",
              "Content-Type: text/plain",
              "Content-Length: 55",
              "Connection: close",
              "",
              "This port speaks TLS: use https:// and wss:// for it.",
              "")
          .getBytes(StandardCharsets.US_ASCII);

  private final SSLEngine engine;
  private final boolean client;
  private final Object lock;
  private final TlsResources resources;
  private Runnable onProgress = () -> {}; // set before anything is read
  private final TlsRecords records;

  private @Nullable Runnable onHandshakeEnd;
  private boolean begun;
  private boolean recognized;
  private boolean computing;
  private boolean answered; // has said something in the handshake
  private boolean established;
  private boolean more;
  private boolean inputClosed;
  private boolean outputClosed;
  private @Nullable IOException failure;

  /**
   * TLS that has not begun.
   *
   * @param socket where the records go
   * @param engine in client or server mode
   * @param lock held whenever state changes
   */
  TlsLayer(ByteLayer socket, SSLEngine engine, Object lock, TlsResources resources) {
    this.records = new TlsRecords(socket, resources);
    this.engine = engine;
    this.client = engine.getUseClientMode();
    this.lock = lock;
    this.resources = resources;
  }

  /** Sets what makes the loop read and write again, soon and on the loop; for any thread. */
  void onProgress(Runnable task) {
    onProgress = task;
  }

  /** Sets what to run once, when the handshake is over or the connection has ended before. */
  void onHandshakeEnd(Runnable task) {
    synchronized (lock) {
      onHandshakeEnd = task;
    }
  }

  /** Returns whether the handshake is over. */
  boolean isEstablished() {
    synchronized (lock) {
      return established;
    }
  }

  /** Returns whether nothing has come from the peer so far, not even of the handshake. */
  boolean isUnanswered() {
    synchronized (lock) {
      return begun && !recognized && failure == null;
    }
  }

  // ---- input

  @Override
  public int read(ByteBuffer target) throws IOException {
    synchronized (lock) {
      boolean leftOver = more;
      more = false;
      if (failure != null) {
        throw failure;
      }
      if (inputClosed) {
        return -1;
      }
      try {
        int count = readRecords(target, !leftOver);
        records.write();
        return count;
      } catch (IOException | RuntimeException e) {
        throw failed(e);
      } finally {
        if (!more) {
          records.trim();
        }
      }
    }
  }

  /**
   * Reads records.
   *
   * @param askSocket false for what is left over only, so that other connections have their turn
   *     before this socket has it again
   */
  private int readRecords(ByteBuffer target, boolean askSocket) throws IOException {
    int start = target.position();
    boolean asked = !askSocket;
    while (true) {
      advance();
      if (computing) {
        return target.position() - start;
      }
      ByteBuffer unread = records.unread();
      if (unread.hasRemaining()) {
        recognize(unread);
        SSLEngineResult result = engine.unwrap(unread, target);
        switch (result.getStatus()) {
          case OK -> {
            checkNoRenegotiation(result.getHandshakeStatus());
            continue;
          }
          case BUFFER_OVERFLOW -> {
            if (target.position() == start) {
              throw new SSLException("a record is larger than TLS allows");
            }
            more = true;
            return target.position() - start;
          }
          case CLOSED -> {
            inputClosed = true;
            advance(); // TLS 1.2 answers
            more = target.position() > start;
            return more ? target.position() - start : -1;
          }
          case BUFFER_UNDERFLOW -> {
            // the rest of the record is still on its way
          }
        }
      }
      if (asked) {
        return target.position() - start;
      }
      asked = true;
      int count = records.readSocket();
      if (count < 0 && target.position() == start) {
        return atEnd();
      }
      if (count <= 0) {
        return target.position() - start;
      }
    }
  }

  private int atEnd() throws IOException {
    if (!established) {
      throw TlsException.closed(wasShownCertificate());
    }
    if (!outputClosed) {
      throw TlsException.of(
          "the connection was closed without the end of TLS (close_notify), so something may be"
              + " missing");
    }
    inputClosed = true;
    return -1;
  }

  /** Returns whether bytes begin like a record of TLS. */
  static boolean isRecord(ByteBuffer bytes) {
    int type = bytes.get(bytes.position()) & 0xff;
    return type >= FIRST_TYPE && type <= LAST_TYPE;
  }

  private void recognize(ByteBuffer unread) throws IOException {
    if (recognized) {
      return;
    }
    recognized = true;
    if (isRecord(unread)) {
      return;
    }
    int type = unread.get(unread.position()) & 0xff;
    outputClosed = true; // nothing more of TLS
    if (client) {
      throw TlsException.notTls("the peer does not speak TLS");
    }
    if (type < 'A' || type > 'Z') {
      throw TlsException.notTls("what the client sent is not TLS");
    }
    records.writeDirectly(ByteBuffer.wrap(PLAIN_ANSWER));
    throw TlsException.notTls(
        "the client sent plain HTTP, but this port speaks TLS: it must use https:// or wss://");
  }

  private void checkNoRenegotiation(HandshakeStatus status) throws SSLException {
    if (established
        && status != HandshakeStatus.NOT_HANDSHAKING
        && status != HandshakeStatus.FINISHED
        && !engine.getSession().getProtocol().equals("TLSv1.3")) {
      throw new SSLException("the peer asked for renegotiation, which is refused");
    }
  }

  /** Returns whether {@link #read} has more although the socket may have nothing. */
  boolean hasInput() {
    synchronized (lock) {
      return more && failure == null;
    }
  }

  @Override
  public boolean isQuiet() throws IOException {
    ByteBuffer unexpected = resources.take();
    try {
      return read(unexpected) == 0; // also takes the session tickets that follow a handshake
    } finally {
      resources.giveBack(unexpected);
    }
  }

  // ---- the handshake

  private void advance() throws IOException {
    if (!begun) {
      begun = true;
      engine.beginHandshake();
    }
    while (!computing) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> compute();
        case NEED_WRAP -> {
          if (!wrapOwn()) {
            return;
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          establish();
          return;
        }
        default -> {
          return;
        }
      }
    }
  }

  private void establish() {
    if (established) {
      return;
    }
    established = true;
    endHandshake();
  }

  private void endHandshake() {
    Runnable task = onHandshakeEnd;
    onHandshakeEnd = null;
    if (task != null) {
      task.run();
    }
  }

  private void compute() {
    computing =
        resources.execute(
            () -> {
              try {
                for (Runnable task = engine.getDelegatedTask();
                    task != null;
                    task = engine.getDelegatedTask()) {
                  task.run();
                }
              } finally {
                synchronized (lock) {
                  computing = false;
                }
                onProgress.run();
              }
            });
    if (!computing) {
      failure = TlsException.of("the loop was stopped");
      computing = true; // for ever
    }
  }

  /** Wraps a message of TLS itself; returns false if that must wait. */
  private boolean wrapOwn() throws IOException {
    if (!records.hasRoomFor(engine.getSession().getPacketBufferSize())) {
      return false;
    }
    SSLEngineResult result = engine.wrap(NOTHING, 0, 1, records.outgoing());
    answered |= result.bytesProduced() > 0;
    return result.getStatus() == Status.OK || result.bytesProduced() > 0;
  }

  // ---- output

  @Override
  public long write(ByteBuffer[] sources, int count) throws IOException {
    synchronized (lock) {
      if (!established && !begin()) {
        return 0;
      }
      long written = 0;
      int first = 0;
      while (true) {
        while (first < count && !sources[first].hasRemaining()) {
          first++;
        }
        if (first == count || !records.hasRoomFor(engine.getSession().getPacketBufferSize())) {
          break;
        }
        SSLEngineResult result = engine.wrap(sources, first, count - first, records.outgoing());
        written += result.bytesConsumed();
        if (result.getStatus() == Status.CLOSED) {
          throw TlsException.of("the TLS connection has been closed");
        }
        if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
          break;
        }
      }
      records.write();
      return written;
    }
  }

  @Override
  public boolean flush() throws IOException {
    synchronized (lock) {
      if (!established) {
        begin();
      }
      return records.write();
    }
  }

  /**
   * Goes on with the handshake; its failure is left to {@link #read}. Returns whether it is over.
   */
  private boolean begin() {
    if (failure == null) {
      try {
        advance();
        records.write();
      } catch (IOException | RuntimeException e) {
        failed(e);
        onProgress.run();
      }
    }
    return established && failure == null;
  }

  @Override
  public int interest(int ops) {
    synchronized (lock) {
      int wanted = computing ? ops & ~SelectionKey.OP_READ : ops;
      boolean writes = !records.areWritten() || (established && (ops & SelectionKey.OP_WRITE) != 0);
      return writes ? wanted | SelectionKey.OP_WRITE : wanted & ~SelectionKey.OP_WRITE;
    }
  }

  // ---- the end

  @Override
  public void shutdownOutput() throws IOException {
    synchronized (lock) {
      closeOutput();
      records.shutdownOutput();
    }
  }

  private void closeOutput() throws IOException {
    if (!outputClosed) {
      outputClosed = true;
      engine.closeOutbound();
      sayEnd();
    }
  }

  /** Wraps and writes what the engine has to say at the end: an alert. */
  private void sayEnd() throws IOException {
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrapOwn()) {
      // until it has said all
    }
    records.write();
  }

  private IOException failed(Exception cause) {
    IOException known = failure;
    if (known != null) {
      return known;
    }
    IOException failed = inWords(cause);
    failure = failed;
    if (!outputClosed) {
      outputClosed = true;
      try {
        sayEnd();
      } catch (IOException | RuntimeException e) {
        failed.addSuppressed(e);
      }
    }
    return failed;
  }

  private IOException inWords(Exception cause) {
    if (cause instanceof SSLException || cause instanceof RuntimeException) {
      return TlsException.of(cause, client, !established, wasShownCertificate());
    }
    boolean isReset = !established && !(cause instanceof TlsException);
    return isReset && wasShownCertificate() ? TlsException.closed(true) : (IOException) cause;
  }

  /** Returns whether the peer is a client that knows our certificate, in an open handshake. */
  private boolean wasShownCertificate() {
    return !client && answered && !established;
  }

  @Override
  public void end(boolean silently) {
    synchronized (lock) {
      endHandshake();
      try {
        if (begun && !computing && !silently) {
          closeOutput();
        }
      } catch (IOException | RuntimeException e) {
        // the peer sees the end of TCP
      }
      records.release();
      if (failure == null) {
        failure = TlsException.of("the connection was closed");
      }
    }
  }
}
