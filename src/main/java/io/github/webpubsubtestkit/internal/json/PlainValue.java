package io.github.webpubsubtestkit.internal.json;

import io.github.webpubsubtestkit.internal.json.JsonTree.Constant;
import io.github.webpubsubtestkit.internal.json.JsonTree.Elements;
import io.github.webpubsubtestkit.internal.json.JsonTree.Members;
import io.github.webpubsubtestkit.internal.json.JsonTree.Numeral;
import io.github.webpubsubtestkit.internal.json.JsonTree.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON into objects that need no mapper. */
final class PlainValue {

  private static final Set<Class<?>> TYPES =
      Set.of(Object.class, Map.class, List.class, String.class, Number.class, Boolean.class);

  private PlainValue() {}

  /** The value as an object of a plain class; empty if it does not fit, or for other classes. */
  static <T> Optional<T> read(JsonTree tree, Class<T> type) {
    Object value =
        tree instanceof Numeral numeral && !TYPES.contains(type)
            ? number(numeral.value(), type)
            : TYPES.contains(type) ? plain(tree) : null;
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  private static @Nullable Object number(BigDecimal value, Class<?> type) {
    try {
      if (type == Integer.class) {
        return value.intValueExact();
      } else if (type == Long.class) {
        return value.longValueExact();
      } else if (type == Double.class) {
        return value.doubleValue();
      } else {
        return value;
      }
    } catch (ArithmeticException e) {
      return null; // it does not fit
    }
  }

  static @Nullable Object plain(JsonTree tree) {
    if (tree instanceof Members object) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      object.members().forEach((key, value) -> map.put(key, plain(value)));
      return map;
    } else if (tree instanceof Elements array) {
      List<@Nullable Object> list = new ArrayList<>();
      array.elements().forEach(value -> list.add(plain(value)));
      return list;
    } else if (tree instanceof Text text) {
      return text.value();
    } else if (tree instanceof Numeral numeral) {
      return smallest(numeral);
    }
    return tree == Constant.NULL ? null : (Object) (tree == Constant.TRUE);
  }

  /** A whole number as int, long or BigInteger, whichever it fits in first; others as double. */
  private static Number smallest(Numeral numeral) {
    if (!numeral.isInteger()) {
      return numeral.value().doubleValue();
    }
    BigInteger value = numeral.value().toBigIntegerExact();
    if (value.bitLength() < Integer.SIZE) {
      return value.intValue();
    }
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }
}
