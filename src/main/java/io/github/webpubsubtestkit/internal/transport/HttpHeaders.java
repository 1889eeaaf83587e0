package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Headers in the order on the wire; names are case-insensitive. */
public final class HttpHeaders {

  private static final HttpHeaders NONE = new HttpHeaders(List.of());

  private final List<Field> fields;

  private HttpHeaders(List<Field> fields) {
    this.fields = fields;
  }

  /** One header line. */
  public record Field(String name, String value) {

    /** {@code name: value}, without its secrets. */
    @Override
    public String toString() {
      return name + ": " + Secrets.header(name, value);
    }
  }

  /** No header at all. */
  public static HttpHeaders none() {
    return NONE;
  }

  /** Names and values in turn: {@code of("Content-Type", "text/plain", "X-A", "1")}. */
  public static HttpHeaders of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "names and values must come in pairs but are " + namesAndValues.length);
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new HttpHeaders(List.copyOf(fields));
  }

  /** The given lines, in order. */
  public static HttpHeaders of(List<Field> fields) {
    return new HttpHeaders(List.copyOf(fields));
  }

  /** Name and value of each line, in order. */
  public static HttpHeaders ofEntries(List<Map.Entry<String, String>> lines) {
    return of(lines.stream().map(line -> new Field(line.getKey(), line.getValue())).toList());
  }

  /** These headers and one more line at their end. */
  public HttpHeaders with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new HttpHeaders(List.copyOf(more));
  }

  /** The given lines, which the caller never changes again. */
  static HttpHeaders ofOwned(List<Field> fields) {
    return new HttpHeaders(Collections.unmodifiableList(fields));
  }

  /** The value of the first line of that name. */
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** The values of all lines of that name, in order. */
  public List<String> all(String name) {
    List<String> values = List.of();
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        if (values.isEmpty()) {
          values = new ArrayList<>(2);
        }
        values.add(field.value());
      }
    }
    return Collections.unmodifiableList(values);
  }

  /** The members of all comma lists of that name, trimmed, in order, without empty ones. */
  public List<String> listed(String name) {
    List<String> members = new ArrayList<>();
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        addMembers(field.value(), members);
      }
    }
    return Collections.unmodifiableList(members);
  }

  private static void addMembers(String list, List<String> members) {
    int start = 0;
    while (start <= list.length()) {
      int comma = list.indexOf(',', start);
      int end = comma < 0 ? list.length() : comma;
      String member = list.substring(start, end).trim();
      if (!member.isEmpty()) {
        members.add(member);
      }
      start = end + 1;
    }
  }

  /** Returns whether a comma list of that name has the member, without regard to case. */
  public boolean lists(String name, String member) {
    for (String each : listed(name)) {
      if (each.equalsIgnoreCase(member)) {
        return true;
      }
    }
    return false;
  }

  /** All lines, in order. */
  public List<Field> fields() {
    return fields;
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
