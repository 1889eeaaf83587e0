package io.github.webpubsubtestkit.internal.rest;

/** The variable parts of the paths. */
enum PathVariable {
  HUB("{hub}"),
  GROUP("{group}"),
  USER("{userId}"),
  CONNECTION("{connectionId}"),
  PERMISSION("{permission}");

  private final String template;

  PathVariable(String template) {
    this.template = template;
  }

  /** Its text in a path template. */
  String template() {
    return template;
  }
}
