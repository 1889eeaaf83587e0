package io.github.webpubsubtestkit.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of the table.
 *
 * @param key names the work on the command line
 * @param title what is done, for readers
 * @param unit of the kit's and the baseline's figures
 * @param kit how the kit does it
 * @param baseline what it is compared with; may be without, if the goal is absolute
 * @param goal what is to be reached
 * @param peers the same work on other servers, by their names
 */
record Work(
    String key,
    String title,
    String unit,
    Contender kit,
    Contender baseline,
    Goal goal,
    Map<String, Contender> peers) {

  /** A work without peers. */
  Work(String key, String title, String unit, Contender kit, Contender baseline, Goal goal) {
    this(key, title, unit, kit, baseline, goal, Map.of());
  }

  /** This work with one more peer. */
  Work peer(String name, Contender contender) {
    Map<String, Contender> more = new LinkedHashMap<>(peers);
    more.put(name, contender);
    return new Work(key, title, unit, kit, baseline, goal, more);
  }

  /** Those whose figures the goal compares. */
  List<Contender> compared() {
    return baseline == null ? List.of(kit) : List.of(kit, baseline);
  }

  /** All that has to be measured for it. */
  List<Contender> contenders() {
    List<Contender> all = new ArrayList<>(compared());
    all.addAll(peers.values());
    return all;
  }
}
