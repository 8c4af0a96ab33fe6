package dev.insitu.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/** H2's files, {@code full:} before the path, on a disk of which one can say how much is free. */
public final class FullDisk extends FilePathWrapper {
  private static final AtomicLong FREE = new AtomicLong(Long.MAX_VALUE);

  /** Made by H2, once for each path. */
  public FullDisk() {}

  /** Says how many bytes may still be written. */
  static void setFree(long bytes) {
    FREE.set(bytes);
  }

  private static void take(int bytes) throws IOException {
    if (FREE.get() != Long.MAX_VALUE && FREE.addAndGet(-bytes) < 0) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(super.open(mode));
  }

  /** A channel that asks for space before it writes. */
  private static final class Channel extends FileBaseDefault {
    private final FileChannel file;

    Channel(FileChannel file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return file.read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      take(source.remaining());
      return file.write(source, position);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
      super.implCloseChannel();
    }
  }
}
