package io.github.webpubsubtestkit.standalone;

import picocli.CommandLine.IVersionProvider;

/** The version stated in the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {Main.NAME + " " + (version == null ? "(not from a jar)" : version)};
  }
}
