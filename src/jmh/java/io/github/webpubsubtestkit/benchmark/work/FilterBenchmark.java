package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.internal.hub.Selectable;
import io.github.webpubsubtestkit.internal.rest.filter.ConnectionFilter;
import io.github.webpubsubtestkit.internal.rest.filter.FilterSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A filter of five terms, per connection, against the same condition written in Java. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterBenchmark {

  private static final String FILTER =
      "startswith(userId,'user') and not ('muted' in groups)"
          + " and ('room' in groups or length(groups) ge 2) and connectionId ne 'c7'";

  private static final Predicate<Selectable> PLAIN =
      connection ->
          connection.userId() != null
              && connection.userId().startsWith("user")
              && !connection.isInGroup("muted")
              && (connection.isInGroup("room") || connection.groupCount() >= 2)
              && !"c7".equals(connection.id());

  /** A connection, as the hub shows it. */
  private record Candidate(String id, String userId, Set<String> groups) implements Selectable {

    @Override
    public boolean isInGroup(String group) {
      return groups.contains(group);
    }

    @Override
    public int groupCount() {
      return groups.size();
    }

    @Override
    public String protocolName() {
      return "json.webpubsub.azure.v1";
    }
  }

  @State(Scope.Benchmark)
  public static class Connections {
    private final List<Selectable> thousand = connections(1_000);
    private final List<Selectable> tenThousand = connections(10_000);
    private Predicate<Selectable> filter;

    @Setup
    public void parse() throws FilterSyntaxException {
      filter = ConnectionFilter.parse(FILTER);
      if (count(tenThousand, filter) != count(tenThousand, PLAIN)) {
        throw new IllegalStateException("the two select different connections");
      }
    }

    /** Some meet all terms, some fail at each of them. */
    private static List<Selectable> connections(int count) {
      List<Selectable> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Set<String> groups = new HashSet<>(Set.of("all"));
        if (i % 3 == 0) {
          groups.add("room");
        }
        if (i % 5 == 0) {
          groups.add("muted");
        }
        if (i % 7 == 0) {
          groups.add("group" + i);
        }
        all.add(new Candidate("c" + i, i % 11 == 0 ? null : "user" + i, groups));
      }
      return all;
    }
  }

  private static int count(List<Selectable> connections, Predicate<Selectable> condition) {
    int count = 0;
    for (Selectable each : connections) {
      if (condition.test(each)) {
        count++;
      }
    }
    return count;
  }

  @Benchmark
  @OperationsPerInvocation(1_000)
  public int filter1000(Connections connections) {
    return count(connections.thousand, connections.filter);
  }

  @Benchmark
  @OperationsPerInvocation(1_000)
  public int java1000(Connections connections) {
    return count(connections.thousand, PLAIN);
  }

  @Benchmark
  @OperationsPerInvocation(10_000)
  public int filter10000(Connections connections) {
    return count(connections.tenThousand, connections.filter);
  }

  @Benchmark
  @OperationsPerInvocation(10_000)
  public int java10000(Connections connections) {
    return count(connections.tenThousand, PLAIN);
  }
}
