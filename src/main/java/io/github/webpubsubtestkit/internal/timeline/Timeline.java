package io.github.webpubsubtestkit.internal.timeline;

import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.timeline.Recorded.Asked;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The record of all events: the newest entries up to a number and a size; older ones are dropped
 * and counted.
 *
 * <p>Recording is cheap: payload bytes are kept by reference and converted to text only on reading.
 */
public final class Timeline {

  /** The party of what a test does and what becomes of it. */
  public static final String TEST = "test";

  /** Characters of a payload that are kept readable. */
  public static final int MAX_PAYLOAD = 4 * 1024;

  private static final byte[] NO_BYTES = {};

  private final int maxEntries;
  private final long maxBytes;
  private final long start = System.nanoTime();
  private final ArrayDeque<Recorded> entries = new ArrayDeque<>(); // guarded by this
  private final Incidents incidents = new Incidents(this::now);
  private final Waits waits = new Waits();
  private long bytes; // guarded by this
  private long dropped; // guarded by this
  private volatile Display display = Display.AS_THEY_ARE;
  private volatile Description description =
      new Description(new WeakReference<>(NO_BYTES), true, "");

  /** A timeline that keeps the newest entries within both limits. */
  public Timeline(int maxEntries, long maxBytes) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries must be at least 1 but is " + maxEntries);
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1 but is " + maxBytes);
    }
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** A timeline with the default limits: 10,000 entries, 16 MiB. */
  public Timeline() {
    this(10_000, 16L * 1024 * 1024);
  }

  /** Shows payloads that are text like this. */
  public void displayBy(Display shown) {
    display = shown;
  }

  /**
   * Follows an earlier timeline, which is over: shows payloads as that does, and takes over what
   * went wrong and was not reported yet.
   */
  public void follow(Timeline earlier) {
    display = earlier.display;
    incidents.follow(earlier.incidents);
  }

  /** Records a text of a party that is no connection. */
  public void record(String party, Direction direction, String text) {
    Kind kind = direction == Direction.FAILURE ? Kind.FAILURE : Kind.NOTE;
    record(kind, party, direction, text);
  }

  /** Records a text of a party that is no connection. */
  public void record(Kind kind, String party, Direction direction, String text) {
    add(now(kind, Party.named(party), direction, text, NO_BYTES, true, 0));
  }

  /** Records a note about a connection. */
  public void note(Party connection, String text) {
    add(now(Kind.NOTE, connection, Direction.NOTE, text, NO_BYTES, true, 0));
  }

  /**
   * Records what somebody asks; what comes of it is added when it is known.
   *
   * @param operation its name
   * @param text true if the payload is UTF-8; other payloads are shown as hexadecimal digits
   * @param payload not copied and not changed afterwards; may be empty
   */
  public Call begin(String party, String operation, String head, boolean text, byte[] payload) {
    boolean large = isLarge(payload);
    Asked asked =
        new Asked(
            System.nanoTime() - start,
            Party.named(party),
            operation,
            large ? Recorded.joined(head, describeLarge(payload, text)) : head,
            large ? NO_BYTES : payload,
            text);
    add(asked);
    return asked;
  }

  /** What somebody has asked. */
  public interface Call {

    /** Adds what came of it: {@code 202, to nobody}. */
    void ended(String outcome);
  }

  /**
   * Records that the test has failed, unless it was recorded already that an assertion of the same
   * text gave up.
   */
  public void failed(String text) {
    String line = text.lines().findFirst().orElse("");
    boolean known;
    synchronized (this) {
      known =
          entries.stream()
              .anyMatch(each -> each.direction == Direction.FAILURE && each.head.contains(line));
    }
    if (!known) {
      record(TEST, Direction.FAILURE, "failed: " + line);
    }
  }

  /** Records a note about an earlier moment, which is only of interest now. */
  public void noteAt(Duration at, String party, String text) {
    add(
        new Recorded(
            at.toNanos(), Kind.NOTE, Party.named(party), Direction.NOTE, text, NO_BYTES, true, 0));
  }

  /**
   * Records a message of a party that is no connection.
   *
   * @param head its kind, for example {@code text}
   * @param text true if the payload is UTF-8; other payloads are shown as hexadecimal digits
   * @param payload not copied and not changed afterwards
   */
  public void record(
      Kind kind, String party, Direction direction, String head, boolean text, byte[] payload) {
    record(kind, Party.named(party), direction, head, text, payload, 0);
  }

  /** Records a frame of a connection. */
  public void frame(Party connection, Direction direction, boolean text, byte[] payload) {
    frame(connection, direction, "", text, payload, 0);
  }

  /**
   * Records a message shared by many receivers, each with its own number.
   *
   * @param sequenceId the number, unsigned; 0 for none
   */
  public void frame(
      Party connection,
      Direction direction,
      String head,
      boolean text,
      byte[] payload,
      long sequenceId) {
    record(Kind.MESSAGE, connection, direction, head, text, payload, sequenceId);
  }

  private void record(
      Kind kind,
      Party party,
      Direction direction,
      String head,
      boolean text,
      byte[] payload,
      long sequenceId) {
    String shown = payload.length == 0 && head.isEmpty() ? "(empty)" : head;
    byte[] kept = payload;
    if (isLarge(payload)) { // a small part must not keep a large array in memory
      shown = Recorded.joined(head, describeLarge(payload, text));
      kept = NO_BYTES;
    }
    add(now(kind, party, direction, shown, kept, text, sequenceId));
  }

  private Recorded now(
      Kind kind,
      Party party,
      Direction direction,
      String head,
      byte[] payload,
      boolean text,
      long sequenceId) {
    return new Recorded(
        System.nanoTime() - start, kind, party, direction, head, payload, text, sequenceId);
  }

  /** Time since this timeline began. */
  public Duration now() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** What went wrong outside of what the test asserts. */
  public Incidents incidents() {
    return incidents;
  }

  /** The assertions that wait. */
  public Waits waits() {
    return waits;
  }

  /** All entries kept, oldest first. */
  public List<Entry> entries() {
    return kept().stream().map(each -> each.entry(display)).toList();
  }

  private List<Recorded> kept() {
    List<Recorded> kept;
    synchronized (this) {
      kept = new ArrayList<>(entries);
    }
    kept.sort(Comparator.comparingLong(each -> each.nanos)); // some are recorded later
    return kept;
  }

  /** The number of entries dropped for newer ones. */
  public synchronized long dropped() {
    return dropped;
  }

  /** The whole timeline as text, a line each; the parties are aligned. */
  public String print() {
    long lost = dropped();
    List<Entry> kept = entries();
    int width = kept.stream().mapToInt(each -> each.party().length()).max().orElse(0);
    StringBuilder out = new StringBuilder();
    if (lost > 0) {
      out.append(String.format(Locale.ROOT, "%,d earlier entries dropped%n", lost));
    }
    for (Entry entry : kept) {
      out.append(seconds(entry.at()))
          .append("  ")
          .append(entry.party())
          .append(" ".repeat(width - entry.party().length()))
          .append("  ")
          .append(entry.direction().arrow())
          .append("  ")
          .append(entry.text())
          .append(System.lineSeparator());
    }
    return out.toString();
  }

  /** {@code +0.012 s}. */
  public static String seconds(Duration at) {
    return Seconds.of(at);
  }

  /** {@code 0.012 s}. */
  public static String duration(Duration length) {
    return Seconds.length(length);
  }

  /** How payloads that are text are shown. */
  public Display display() {
    return display;
  }

  private synchronized void add(Recorded entry) {
    entries.add(entry);
    bytes += entry.size();
    while (entries.size() > maxEntries || (bytes > maxBytes && entries.size() > 1)) {
      bytes -= entries.remove().size();
      dropped++;
    }
  }

  private static boolean isLarge(byte[] payload) {
    return payload.length > 2 * MAX_PAYLOAD;
  }

  private String describeLarge(byte[] payload, boolean text) {
    Description last = description;
    if (last.text != text || !last.payload.refersTo(payload)) {
      last =
          new Description(
              new WeakReference<>(payload), text, Recorded.describe(payload, text, display));
      description = last;
    }
    return last.shown;
  }

  /** The description of a payload, computed once for all its receivers. */
  private record Description(WeakReference<byte[]> payload, boolean text, String shown) {}
}
