package io.github.webpubsubtestkit.benchmark.work;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A figure that is not the time which the work takes: JMH carries it beside that time. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Figure {

  private double value;

  /** The figure; JMH reads it and shows it by the name of this method. */
  public double figure() {
    return value;
  }

  void is(double figure) {
    value = figure;
  }
}
