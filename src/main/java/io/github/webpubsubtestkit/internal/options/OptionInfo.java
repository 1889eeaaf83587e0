package io.github.webpubsubtestkit.internal.options;

/**
 * What people read of an option besides its name and its values.
 *
 * @param group what it is about
 * @param section where the sheets speak of it, as a citation; empty if it is the kit's own
 * @param description what it does, in one sentence for the command line and the documents
 */
public record OptionInfo(Group group, String section, String description) {}
