package io.github.webpubsubtestkit.internal.timeline;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
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

  private static final int ENTRY_OVERHEAD = 64;

  private static final byte[] NO_BYTES = {};

  private final int maxEntries;
  private final long maxBytes;
  private final long start = System.nanoTime();
  private final ArrayDeque<Recorded> entries = new ArrayDeque<>(); // guarded by this
  private long bytes; // guarded by this
  private long dropped; // guarded by this
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

  /** Records a text. */
  public void record(String party, Direction direction, String text) {
    add(new Recorded(System.nanoTime() - start, party, direction, text, NO_BYTES, true, 0));
  }

  /**
   * Records what somebody asks; what comes of it is added when it is known.
   *
   * @param text true if the payload is UTF-8; other payloads are shown as hexadecimal digits
   * @param payload not copied and not changed afterwards; may be empty
   */
  public Call begin(String party, Direction direction, String head, boolean text, byte[] payload) {
    boolean large = payload.length > 2 * MAX_PAYLOAD;
    Asked asked =
        new Asked(
            System.nanoTime() - start,
            party,
            direction,
            large ? joined(head, describeLarge(payload, text)) : head,
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

  /** Records a text about an earlier moment, which is only of interest now. */
  public void recordAt(Duration at, String party, Direction direction, String text) {
    add(new Recorded(at.toNanos(), party, direction, text, NO_BYTES, true, 0));
  }

  /**
   * Records a message.
   *
   * @param head its kind, for example {@code text}
   * @param text true if the payload is UTF-8; other payloads are shown as hexadecimal digits
   * @param payload not copied and not changed afterwards
   */
  public void record(String party, Direction direction, String head, boolean text, byte[] payload) {
    record(party, direction, head, text, payload, 0);
  }

  /**
   * Records a message shared by many receivers, each with its own number.
   *
   * @param sequenceId the number, unsigned; 0 for none
   */
  public void record(
      String party,
      Direction direction,
      String head,
      boolean text,
      byte[] payload,
      long sequenceId) {
    String shown = payload.length == 0 && head.isEmpty() ? "(empty)" : head;
    byte[] kept = payload;
    if (payload.length > 2 * MAX_PAYLOAD) { // a small part must not keep a large array in memory
      shown = joined(head, describeLarge(payload, text));
      kept = NO_BYTES;
    }
    add(new Recorded(System.nanoTime() - start, party, direction, shown, kept, text, sequenceId));
  }

  /** Time since this timeline began. */
  public Duration now() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** All entries kept, oldest first. */
  public List<Entry> entries() {
    return kept().stream().map(Recorded::entry).toList();
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
    List<Recorded> kept = kept();
    long lost = dropped();
    int width = kept.stream().mapToInt(each -> each.party.length()).max().orElse(0);
    StringBuilder out = new StringBuilder();
    if (lost > 0) {
      out.append(String.format(Locale.ROOT, "%,d earlier entries dropped%n", lost));
    }
    for (Recorded each : kept) {
      Entry entry = each.entry();
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
    return String.format(Locale.ROOT, "+%.3f s", at.toNanos() / 1e9);
  }

  private synchronized void add(Recorded entry) {
    entries.add(entry);
    bytes += entry.size();
    while (entries.size() > maxEntries || (bytes > maxBytes && entries.size() > 1)) {
      bytes -= entries.remove().size();
      dropped++;
    }
  }

  private String describeLarge(byte[] payload, boolean text) {
    Description last = description;
    if (last.text != text || !last.payload.refersTo(payload)) {
      last = new Description(new WeakReference<>(payload), text, describe(payload, text));
      description = last;
    }
    return last.shown;
  }

  private static String describe(byte[] payload, boolean text) {
    return text
        ? Secrets.cut(new String(payload, StandardCharsets.UTF_8), MAX_PAYLOAD)
        : Bytes.describe(payload);
  }

  private static String joined(String head, String payload) {
    return head.isEmpty() ? payload : head + "  " + payload;
  }

  /** The description of a payload, computed once for all its receivers. */
  private record Description(WeakReference<byte[]> payload, boolean text, String shown) {}

  private static class Recorded {

    final long nanos;
    final String party;
    final Direction direction;
    final String head;
    final byte[] payload;
    final boolean text;
    final long sequenceId;

    Recorded(
        long nanos,
        String party,
        Direction direction,
        String head,
        byte[] payload,
        boolean text,
        long sequenceId) {
      this.nanos = nanos;
      this.party = party;
      this.direction = direction;
      this.head = head.length() > 2 * MAX_PAYLOAD ? Secrets.cut(head, MAX_PAYLOAD) : head;
      this.payload = payload;
      this.text = text;
      this.sequenceId = sequenceId;
    }

    long size() {
      return (long) ENTRY_OVERHEAD + head.length() + payload.length;
    }

    /** What came of it; empty if nothing comes of it, or nothing has come yet. */
    String outcome() {
      return "";
    }

    Entry entry() {
      String full = payload.length == 0 ? head : joined(head, describe(payload, text));
      if (sequenceId != 0) {
        full += "  sequenceId " + Long.toUnsignedString(sequenceId);
      }
      full = Secrets.cut(full, 2 * MAX_PAYLOAD);
      String outcome = outcome();
      return new Entry(
          Duration.ofNanos(nanos),
          Secrets.mask(party),
          direction,
          outcome.isEmpty() ? full : full + "  => " + Secrets.cut(outcome, MAX_PAYLOAD));
    }
  }

  private static final class Asked extends Recorded implements Call {

    private volatile String outcome = "";

    Asked(
        long nanos, String party, Direction direction, String head, byte[] payload, boolean text) {
      super(nanos, party, direction, head, payload, text, 0);
    }

    @Override
    public void ended(String what) {
      outcome = what;
    }

    @Override
    String outcome() {
      return outcome;
    }
  }
}
