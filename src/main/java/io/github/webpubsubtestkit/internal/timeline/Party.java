package io.github.webpubsubtestkit.internal.timeline;

import org.jspecify.annotations.Nullable;

/** A party of the timeline. One that is a connection may get to know its client's name later. */
public final class Party {

  /** Shows frames that are not text by themselves. */
  @FunctionalInterface
  public interface Frames {

    /** The frame as text; null if it cannot be read. */
    @Nullable String show(Direction direction, byte[] frame);
  }

  private final String label;
  private final @Nullable String connectionId;
  private final @Nullable Frames frames;
  private volatile @Nullable String client;

  private Party(String label, @Nullable String connectionId, @Nullable Frames frames) {
    this.label = label;
    this.connectionId = connectionId;
    this.frames = frames;
  }

  /** A party that is no connection. */
  static Party named(String name) {
    return new Party(name, null, null);
  }

  /**
   * A connection.
   *
   * @param frames how its frames are shown; null as they are
   */
  public static Party connection(String label, String id, @Nullable Frames frames) {
    return new Party(label, id, frames);
  }

  /** Its label without a client's name, for example {@code anonymous#2}. */
  public String label() {
    return label;
  }

  /** The id of the connection; null if it is none. */
  @Nullable String connectionId() {
    return connectionId;
  }

  /** Sets the name of the client in the test. */
  public void client(String name) {
    client = name;
  }

  /** Its label, and the name of its client if that is another: {@code anonymous#2 (buyer)}. */
  String shown() {
    String name = client;
    return name == null || label.startsWith(name + "#") ? label : label + " (" + name + ")";
  }

  @Nullable String show(Direction direction, byte[] frame) {
    return frames == null ? null : frames.show(direction, frame);
  }
}
