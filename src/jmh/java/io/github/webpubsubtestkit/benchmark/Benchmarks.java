package io.github.webpubsubtestkit.benchmark;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures all works in rounds, each contender in a JVM of its own in each round, and prints the
 * table. What is compared is so measured alternately: a machine that is slow for a while is slow
 * for both.
 */
public final class Benchmarks {

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Benchmarks() {}

  /**
   * Runs.
   *
   * @param args {@code --rounds=3}, {@code --works=fresh,rest} (empty: all), {@code --strict=true}:
   *     exit code 1 if a goal is missed
   */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(option(args, "--rounds=", "3"));
    String wanted = option(args, "--works=", "");
    List<Work> works = Works.ALL;
    if (!wanted.isEmpty()) {
      Set<String> keys = Set.of(wanted.split(","));
      works = works.stream().filter(work -> keys.contains(work.key())).toList();
      if (works.isEmpty()) {
        throw new IllegalArgumentException(
            "--works knows " + Works.ALL.stream().map(Work::key).distinct().toList());
      }
    }
    Map<Contender, List<Sample>> samples = measure(works, rounds);
    Table table = new Table(samples);
    OUT.println();
    OUT.println(table.goals(works));
    OUT.println(table.peers(works));
    OUT.println(Noise.LEGEND);
    if (table.hasMissed() && option(args, "--strict=", "false").equals("true")) {
      System.exit(1);
    }
  }

  private static String option(String[] args, String name, String fallback) {
    for (String arg : args) {
      if (arg.startsWith(name)) {
        return arg.substring(name.length());
      }
    }
    return fallback;
  }

  private static Map<Contender, List<Sample>> measure(List<Work> works, int rounds)
      throws Exception {
    long start = System.nanoTime();
    Map<Contender, List<Sample>> samples = new LinkedHashMap<>();
    works.forEach(work -> work.contenders().forEach(each -> samples.put(each, new ArrayList<>())));
    Set<Contender> compared = new HashSet<>();
    works.forEach(work -> compared.addAll(work.compared()));
    Noise noise = new Noise();
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<Contender, List<Sample>> each : samples.entrySet()) {
        if (round > 1 && !compared.contains(each.getKey())) {
          continue; // the others are for information: once is enough
        }
        double before = noise.measure();
        double figure = each.getKey().measure();
        Sample sample = new Sample(figure, (before + noise.measure()) / 2);
        each.getValue().add(sample);
        OUT.println(
            "round %d of %d, %4d s: %s %s, noise %s"
                .formatted(
                    round,
                    rounds,
                    Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                    each.getKey().name(),
                    Table.number(figure),
                    Noise.describe(sample.noise())));
      }
    }
    return samples;
  }
}
