package io.github.webpubsubtestkit.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.options.Group;
import io.github.webpubsubtestkit.internal.options.ListedOption;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares the list of options, the builder, the command line and {@code src/docs/options.md}. */
@DisplayName("Every option is in the list, the builder, --help and src/docs/options.md")
@Tag("sources")
class OptionsDocumentedTest {

  /** What is no option: a method of the builder and its counterpart on the command line. */
  private static final Map<String, String> BESIDES = besides();

  /** What takes a function, which a list of values cannot have. */
  private static final Set<String> FUNCTIONS = Set.of("display");

  private static final Set<String> ONLY_ON_COMMAND_LINE =
      Set.of(
          "--hub",
          "--user-events",
          "--system-events",
          "--key-store-password",
          "--certificate-out",
          "--trust",
          "--help",
          "--version");

  private static Map<String, String> besides() {
    Map<String, String> besides = new LinkedHashMap<>();
    besides.put("listenOn", "--host");
    besides.put("port", "--port");
    besides.put("https", "--https");
    besides.put("keyStore", "--key-store");
    besides.put("accessKey", "--access-key");
    besides.put("secondaryAccessKey", "--secondary-access-key");
    besides.put("defaultHub", ""); // no calls by code that could leave it out
    besides.put("timeout", ""); // nothing there waits for an assertion
    besides.put("jsonMapper", ""); // nobody there has objects
    besides.put("strict", ""); // there is no test that could fail
    besides.put("eventHandler", "--event-handler");
    besides.put("likeEmulator", "--like-emulator");
    return besides;
  }

  /** What the four sides say. */
  private record Sides(
      List<ListedOption> list, Map<String, Set<String>> builder, Set<String> help, String page) {

    /** The differences, a line each. */
    List<String> differences() {
      List<String> differences = new ArrayList<>();
      for (ListedOption option : list) {
        String group = option.group().name().toLowerCase(Locale.ROOT);
        if (!builder.getOrDefault(group, Set.of()).contains(option.optionName())) {
          differences.add("the builder's " + group + " lacks " + option.optionName());
        }
        if (isOffered(option) && !help.contains(option.commandLineName())) {
          differences.add("--help lacks " + option.commandLineName());
        }
        if (!page.contains("\n" + row(option) + "\n")) {
          differences.add("the page lacks\n" + row(option));
        }
      }
      BESIDES.forEach(
          (method, option) -> {
            if (!builder.getOrDefault("", Set.of()).contains(method)) {
              differences.add("the builder lacks " + method);
            }
            if (!option.isEmpty() && !help.contains(option)) {
              differences.add("--help lacks " + option);
            }
            if (!page.contains("| `" + method + "(")) {
              differences.add("the page lacks " + method);
            }
          });

      Set<String> names = list.stream().map(ListedOption::optionName).collect(Collectors.toSet());
      Set<String> groups =
          Stream.of(Group.values())
              .map(group -> group.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.toSet());
      builder.forEach(
          (group, methods) ->
              methods.stream()
                  .filter(
                      method ->
                          group.isEmpty()
                              ? !BESIDES.containsKey(method) && !groups.contains(method)
                              : !names.contains(method))
                  .forEach(method -> differences.add("the list lacks " + method)));
      Set<String> known = new LinkedHashSet<>(ONLY_ON_COMMAND_LINE);
      known.addAll(BESIDES.values());
      list.stream().filter(Sides::isOffered).map(ListedOption::commandLineName).forEach(known::add);
      help.stream()
          .filter(option -> !known.contains(option))
          .forEach(option -> differences.add("the list lacks " + option));
      Pattern.compile("\\| `(\\w+)\\(")
          .matcher(page)
          .results()
          .map(row -> row.group(1))
          .filter(name -> !names.contains(name) && !BESIDES.containsKey(name))
          .forEach(name -> differences.add("the list lacks " + name + " of the page"));
      return differences;
    }

    private static boolean isOffered(ListedOption option) {
      return ListedOptions.offered().contains(option);
    }
  }

  /** The row of an option, as the page is to have it. */
  private static String row(ListedOption option) {
    return "| `%s(..)` | %s | %s | %s | %s | %s |"
        .formatted(
            option.optionName(),
            Sides.isOffered(option) ? "`" + option.commandLineName() + "`" : "–",
            option.defaultText(),
            option.differsInEmulator()
                ? "**" + option.emulatorText() + "**"
                : option.emulatorText(),
            option.description(),
            option.section().isEmpty() ? "–" : option.section());
  }

  private static Sides sides() throws IOException {
    return new Sides(
        ListedOption.all(), builder(), help(), Files.readString(Path.of("src/docs/options.md")));
  }

  /** The methods of each group, and those of the builder itself under the empty name. */
  private static Map<String, Set<String>> builder() {
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    Set<String> own = new LinkedHashSet<>();
    for (Method method : FakeWebPubSubBuilder.class.getDeclaredMethods()) {
      if (isOption(method, FakeWebPubSubBuilder.class)) {
        own.add(method.getName());
        if (method.getParameterCount() == 1 && method.getParameterTypes()[0] == Consumer.class) {
          methods.put(method.getName(), ofGroup(method));
        }
      }
    }
    methods.put("", own);
    return methods;
  }

  private static Set<String> ofGroup(Method method) {
    ParameterizedType consumer = (ParameterizedType) method.getGenericParameterTypes()[0];
    Class<?> group = (Class<?>) consumer.getActualTypeArguments()[0];
    return Stream.of(group.getDeclaredMethods())
        .filter(each -> isOption(each, group))
        .map(Method::getName)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean isOption(Method method, Class<?> type) {
    return !FUNCTIONS.contains(method.getName())
        && Modifier.isPublic(method.getModifiers())
        && method.getReturnType() == type;
  }

  private static <T> List<T> without(List<T> all, T one) {
    return all.stream().filter(each -> !each.equals(one)).toList();
  }

  private static Set<String> without(Set<String> all, String one) {
    Set<String> others = new LinkedHashSet<>(all);
    assertThat(others.remove(one)).as("%s has %s", all, one).isTrue();
    return others;
  }

  private static Set<String> help() {
    StringWriter out = new StringWriter();
    Main.run(new String[] {"--help"}, new PrintWriter(out, true), new PrintWriter(out), () -> {});
    return Pattern.compile("(?m)^ +(?:-\\w, +)?(--[a-z-]+)")
        .matcher(out.toString())
        .results()
        .map(option -> option.group(1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Test
  @DisplayName("and so it is")
  void nothingIsMissing() throws IOException {
    assertThat(sides().differences()).isEmpty();
  }

  @Test
  @DisplayName("what is missing on one side is found")
  void differencesAreFound() throws IOException {
    Sides all = sides();
    ListedOption option = Option.DECODE_SLASH;
    Map<String, Set<String>> builder = new LinkedHashMap<>(all.builder());
    builder.computeIfPresent("rest", (group, methods) -> without(methods, "decodeSlash"));

    assertThat(
            new Sides(without(all.list(), option), all.builder(), all.help(), all.page())
                .differences())
        .containsExactly(
            "the list lacks decodeSlash",
            "the list lacks --decode-slash",
            "the list lacks decodeSlash of the page");
    assertThat(new Sides(all.list(), builder, all.help(), all.page()).differences())
        .containsExactly("the builder's rest lacks decodeSlash");
    assertThat(
            new Sides(all.list(), all.builder(), without(all.help(), "--decode-slash"), all.page())
                .differences())
        .containsExactly("--help lacks --decode-slash");
    assertThat(
            new Sides(
                    all.list(),
                    all.builder(),
                    all.help(),
                    all.page().replace("%2F in a path", "%2F in the path"))
                .differences())
        .containsExactly("the page lacks\n" + row(option));
    assertThat(
            new Sides(
                    all.list(),
                    all.builder(),
                    without(all.help(), "--host"),
                    all.page().replace("| `port(", "| `"))
                .differences())
        .containsExactly("--help lacks --host", "the page lacks port");
  }
}
