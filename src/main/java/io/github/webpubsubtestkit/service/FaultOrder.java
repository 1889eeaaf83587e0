package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import java.time.Duration;

/** Hears what a test orders. Its monitor is the lock of the faults. */
interface FaultOrder {

  /** Writes and reads the objects of the test. */
  ObjectMapping mapping();

  /** The time of the timeline. */
  Duration now();

  /** Something was said of a fault; called with the lock. */
  void changed(Fault<?> fault);

  /** The same, without the lock: what is there already may meet it. */
  void settle(Fault<?> fault);
}
