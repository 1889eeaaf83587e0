package io.github.webpubsubtestkit.internal.options;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** An entry of the list: an {@link Option}, which is on or off, or a {@link Setting}. */
public sealed interface ListedOption permits Option, Setting {

  /** All options, group by group. */
  static List<ListedOption> all() {
    List<ListedOption> unsorted =
        Stream.<ListedOption>concat(Stream.of(Option.values()), Setting.all().stream()).toList();
    return Stream.of(Group.values())
        .flatMap(group -> unsorted.stream().filter(each -> each.group() == group))
        .toList();
  }

  /** The name of its method in the builder, also used in the sheets. */
  String optionName();

  /** Its description for documents and the command line. */
  OptionInfo info();

  /** Its subject. */
  default Group group() {
    return info().group();
  }

  /** The section of the sheets that describes it, as a citation; empty if it is the kit's own. */
  default String section() {
    return info().section();
  }

  /** Its effect, in one sentence for the command line and the documents. */
  default String description() {
    return info().description();
  }

  /** The placeholder of its value on the command line. */
  String valueLabel();

  /** The default, as written on the command line. */
  String defaultText();

  /** The emulator's value, for documents. */
  String emulatorText();

  /** Returns whether the emulator is known to differ from the default. */
  boolean differsInEmulator();

  /**
   * Sets it to a value of the command line.
   *
   * @throws IllegalArgumentException if the value is invalid; the message states what is allowed
   */
  void set(Options.Builder options, String text);

  /** Its name on the command line, for example {@code --recovery-window}. */
  default String commandLineName() {
    return "--" + optionName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
