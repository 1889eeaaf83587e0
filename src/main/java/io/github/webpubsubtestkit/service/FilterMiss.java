package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.NameDifference;
import io.github.webpubsubtestkit.internal.expect.Wanted;
import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.Selectable;
import io.github.webpubsubtestkit.internal.rest.filter.ConnectionFilter;
import io.github.webpubsubtestkit.internal.rest.filter.FilterSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a filter does not select a client. */
final class FilterMiss {

  private static final Pattern TEXT = Pattern.compile("'((?:[^']|'')*)'");

  private FilterMiss() {}

  /** The reason as a clause; empty if the filter selects the client, or that is not known. */
  static Optional<String> of(String filter, Wanted client, Optional<ConnectionView> connection) {
    if (connection.isEmpty() || selects(filter, connection.get())) {
      return Optional.empty();
    }
    String twin = twin(filter, connection.get());
    return Optional.of(
        "the filter does not select " + client.client() + (twin.isEmpty() ? "" : ": " + twin));
  }

  private static boolean selects(String filter, ConnectionView connection) {
    try {
      return ConnectionFilter.parse(filter).test(new Selected(connection));
    } catch (FilterSyntaxException e) {
      return true; // it was refused for that, which says more
    }
  }

  /** A text of the filter that is nearly the user or a group of the connection. */
  private static String twin(String filter, ConnectionView connection) {
    List<String> texts = TEXT.matcher(filter).results().map(FilterMiss::text).toList();
    List<String> names = new ArrayList<>(connection.groups());
    Optional.ofNullable(connection.userId()).ifPresent(user -> names.add(0, user));
    for (String text : texts) {
      for (String name : names) {
        Optional<String> difference = NameDifference.between(name, text);
        if (difference.isPresent()) {
          return (name.equals(connection.userId()) ? "its user id " : "its group ")
              + RequestText.quote(name)
              + " "
              + difference.get();
        }
      }
    }
    return "";
  }

  private static String text(MatchResult literal) {
    return literal.group(1).replace("''", "'");
  }

  /** A connection as it was when somebody looked. */
  private record Selected(ConnectionView view) implements Selectable {

    @Override
    public String id() {
      return view.connectionId();
    }

    @Override
    public @Nullable String userId() {
      return view.userId();
    }

    @Override
    public boolean isInGroup(String group) {
      return view.groups().contains(group);
    }

    @Override
    public int groupCount() {
      return view.groups().size();
    }

    @Override
    public @Nullable String protocolName() {
      String name = view.protocol().wireName();
      return name.isEmpty() ? null : name;
    }
  }
}
