package io.github.webpubsubtestkit;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.webpubsubtestkit.internal.time.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Keeps the circles of classes within each room small. In a circle every class needs every other
 * one, so none of them can be understood, tested or replaced alone. A nested class counts as the
 * class around it.
 */
@Tag("sources") // the shipped jar has libraries in it, too
class ClassCirclesTest {

  private static final String BASE = "io.github.webpubsubtestkit";

  /** So many classes may be in one circle. */
  private static final int LIMIT = 4;

  @Test
  void noCircleIsLarge() {
    List<Map.Entry<String, Set<String>>> large = new ArrayList<>();
    usesByRoom()
        .forEach(
            (room, uses) ->
                circles(uses).stream()
                    .filter(circle -> circle.size() > LIMIT)
                    .forEach(circle -> large.add(Map.entry(room, circle))));

    assertThat(large).as("circles of more than %s classes", LIMIT).isEmpty();
  }

  @Test
  void theKitIsSeenAndItsTestsAreNot() {
    Map<String, Map<String, Set<String>>> rooms = usesByRoom();

    assertThat(rooms).containsKeys("the base package", "client", "internal.time");
    assertThat(rooms.get("internal.time")).containsKey("Timers");
    assertThat(rooms.get("the base package")).doesNotContainKey("ClassCirclesTest");
  }

  @Test
  void aCircleIsAllThatNeedEachOther() {
    Map<String, Set<String>> uses =
        Map.of(
            "above", Set.of("a"),
            "a", Set.of("b", "below"),
            "b", Set.of("c"),
            "c", Set.of("a", "d"),
            "d", Set.of("e", "below"),
            "e", Set.of("d"),
            "self", Set.of("self"));

    assertThat(circles(uses)).containsExactlyInAnyOrder(Set.of("a", "b", "c"), Set.of("d", "e"));
  }

  @Test
  void circlesThatShareAClassAreOne() {
    Map<String, Set<String>> uses =
        Map.of("a", Set.of("hub"), "b", Set.of("hub"), "hub", Set.of("a", "b"));

    assertThat(circles(uses)).containsExactly(Set.of("a", "b", "hub"));
  }

  @Test
  void aChainIsNoCircle() {
    assertThat(circles(Map.of("a", Set.of("b", "c"), "b", Set.of("c")))).isEmpty();
  }

  /** What each class of a room uses in that room, by room and class. */
  private static Map<String, Map<String, Set<String>>> usesByRoom() {
    Map<String, Map<String, Set<String>>> rooms = new TreeMap<>();
    for (JavaClass each : kit()) {
      Map<String, Set<String>> uses = rooms.computeIfAbsent(room(each), room -> new TreeMap<>());
      Set<String> used = uses.computeIfAbsent(outermost(each), name -> new TreeSet<>());
      each.getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .map(JavaClass::getBaseComponentType)
          .filter(target -> target.getPackageName().equals(each.getPackageName()))
          .forEach(target -> used.add(outermost(target)));
    }
    return rooms;
  }

  /** All classes of the folder or jar that holds the kit. */
  private static Iterable<JavaClass> kit() {
    return new ClassFileImporter()
        .importUrl(Timers.class.getProtectionDomain().getCodeSource().getLocation());
  }

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(BASE) ? "the base package" : name.substring(BASE.length() + 1);
  }

  private static String outermost(JavaClass type) {
    String name = type.getName().substring(type.getPackageName().length() + 1);
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /** The sets of two classes or more that reach each other. */
  private static Set<Set<String>> circles(Map<String, Set<String>> uses) {
    return uses.keySet().stream()
        .<Set<String>>map(
            name ->
                reached(name, uses).stream()
                    .filter(other -> reached(other, uses).contains(name))
                    .collect(toCollection(TreeSet::new)))
        .filter(circle -> circle.size() > 1)
        .collect(toCollection(HashSet::new));
  }

  private static Set<String> reached(String start, Map<String, Set<String>> uses) {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(uses.getOrDefault(start, Set.of()));
    while (!next.isEmpty()) {
      String name = next.pop();
      if (reached.add(name)) {
        next.addAll(uses.getOrDefault(name, Set.of()));
      }
    }
    return reached;
  }
}
