package io.github.webpubsubtestkit.standalone;

import io.github.webpubsubtestkit.internal.options.Group;
import io.github.webpubsubtestkit.internal.options.ListedOption;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** The options of the kit's list, on the command line. */
final class ListedOptions {

  /** The program records no requests, because no test could look at them. */
  private static final Set<ListedOption> ONLY_IN_TESTS =
      Set.of(Setting.MAX_RECORDED_REQUESTS, Setting.MAX_RECORDED_REQUEST_BYTES);

  private final Map<ListedOption, String> given = new LinkedHashMap<>();

  /** The options that the command line takes, group by group. */
  static List<ListedOption> offered() {
    return ListedOption.all().stream().filter(each -> !ONLY_IN_TESTS.contains(each)).toList();
  }

  /** Adds all of them to a command, each group under its heading. */
  void addTo(CommandSpec command) {
    for (Group group : Group.values()) {
      ArgGroupSpec.Builder options =
          ArgGroupSpec.builder().heading("%n" + group.title() + ":%n").validate(false);
      offered().stream()
          .filter(each -> each.group() == group)
          .forEach(each -> options.addArg(spec(each)));
      command.addArgGroup(options.build());
    }
  }

  /**
   * Sets the options that were given.
   *
   * @param refusal called with the name of an option and the reason its value is rejected
   */
  void setIn(Options.Builder options, BiConsumer<String, String> refusal) {
    given.forEach(
        (option, text) -> {
          try {
            option.set(options, text);
          } catch (IllegalArgumentException e) {
            refusal.accept(option.commandLineName(), String.valueOf(e.getMessage()));
          }
        });
  }

  private OptionSpec spec(ListedOption option) {
    OptionSpec.Builder spec =
        OptionSpec.builder(option.commandLineName())
            .type(String.class)
            .paramLabel(option.valueLabel())
            .description(help(option).replace("%", "%%"))
            .setter(remembering(option));
    if (option instanceof Option) {
      spec.arity("0..1").fallbackValue("true");
    }
    return spec.build();
  }

  private static String help(ListedOption option) {
    String byDefault = option.defaultText();
    String emulator = option.emulatorText();
    return option.description()
        + ". Default: "
        + byDefault
        + (option.differsInEmulator() ? "; Microsoft's emulator: " + emulator : "");
  }

  private ISetter remembering(ListedOption option) {
    return new ISetter() {
      @Override
      @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
      public <T> @Nullable T set(T value) {
        return (T) (value == null ? given.remove(option) : given.put(option, (String) value));
      }
    };
  }
}
