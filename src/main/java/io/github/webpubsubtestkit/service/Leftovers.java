package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What fakes of this JVM have left behind: those that nobody has closed, and callbacks that did not
 * end. The next fake tells of it, because its own test may suffer from it.
 */
final class Leftovers {

  private static final int MAX_TEXTS = 10;

  private static final ReferenceQueue<FakeWebPubSub> LOST = new ReferenceQueue<>();
  private static final Set<Tracked> OPEN = new HashSet<>(); // guarded by the class
  private static final Queue<String> TEXTS = new ArrayDeque<>(); // guarded by the class

  private Leftovers() {}

  /** An open fake. */
  static final class Tracked extends PhantomReference<FakeWebPubSub> {
    private final Engine engine;
    private final String startedAt;

    Tracked(FakeWebPubSub fake, Engine engine, String startedAt) {
      super(fake, LOST);
      this.engine = engine;
      this.startedAt = startedAt;
    }

    /** The fake was closed. */
    void closed() {
      synchronized (Leftovers.class) {
        OPEN.remove(this);
      }
    }
  }

  /** Tracks a fake until it is closed; it must not be reachable from its engine. */
  static synchronized Tracked track(FakeWebPubSub fake, Engine engine) {
    Tracked tracked = new Tracked(fake, engine, Secrets.callingPlace());
    OPEN.add(tracked);
    return tracked;
  }

  static synchronized void add(String text) {
    if (TEXTS.size() < MAX_TEXTS) {
      TEXTS.add(text);
    }
  }

  /** Records everything so far in the timeline of another fake, and as a stray of it. */
  static void reportTo(Engine engine) {
    Tracked lost = poll();
    while (lost != null) {
      add("a service was never closed, started at " + lost.startedAt);
      lost.engine.close();
      lost = poll();
    }
    synchronized (Leftovers.class) {
      for (String text = TEXTS.poll(); text != null; text = TEXTS.poll()) {
        engine.timeline().record("service", Direction.NOTE, text);
        engine.timeline().incidents().addStray(null, text);
      }
    }
  }

  private static synchronized @Nullable Tracked poll() {
    Reference<? extends FakeWebPubSub> next = LOST.poll();
    while (next instanceof Tracked tracked) {
      if (OPEN.remove(tracked)) {
        return tracked;
      }
      next = LOST.poll();
    }
    return null;
  }
}
