/* Starts the Python that lies in python\ beside this program: one module, with the arguments as they came.

   Compiled twice: zhenggai.exe (console), and with -DWINDOW as 整改台账.exe, which opens the small window.
   Only what kernel32 and user32 of every Windows since Vista offer is linked, so that an old Windows gets a sentence
   and not a missing entry point. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

typedef int (*python_main)(int, wchar_t **);
typedef LONG (WINAPI *version_of)(OSVERSIONINFOW *);
typedef void *(WINAPI *add_directory)(const wchar_t *);

enum { LONGEST = 32768, FAILED = 3 };
/* AddDllDirectory's folders are searched too: extension modules find msvcp140.dll and vcruntime140_1.dll there. */
enum { SEARCH = 0x1100 /* LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS */ };

static wchar_t here[LONGEST], path[LONGEST + 64];

static int complain(const wchar_t *sentence) {
#ifdef WINDOW
    MessageBoxW(NULL, sentence, L"整改台账工具箱", MB_ICONERROR);
#else
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD mode, written;
    char utf8[2048];
    if (GetConsoleMode(out, &mode)) {
        WriteConsoleW(out, sentence, lstrlenW(sentence), &written, NULL);
        WriteConsoleW(out, L"\n", 1, &written, NULL);
    } else {
        int length = WideCharToMultiByte(CP_UTF8, 0, sentence, -1, utf8, sizeof utf8 - 1, NULL, NULL);
        utf8[length - 1] = '\n';
        WriteFile(out, utf8, length, &written, NULL);
    }
#endif
    return FAILED;
}

static FARPROC offered(const wchar_t *library, const char *name) {
    return GetProcAddress(GetModuleHandleW(library), name);
}

/* The true version: GetVersion tells a program only what its manifest knows. */
static int is_windows_10(void) {
    OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof version};
    version_of ask = (version_of)(void *)offered(L"ntdll.dll", "RtlGetVersion");
    return ask && ask(&version) == 0 && version.dwMajorVersion >= 10;
}

static const wchar_t *beside(const wchar_t *name) {
    lstrcpyW(path, here);
    lstrcatW(path, name);
    return path;
}

static int start(int argc, wchar_t **argv) {
#ifdef WINDOW
    wchar_t *before[] = {argv[0], L"-I", L"-X", L"utf8", L"-m", L"toolkit", L"desk"};
#else
    wchar_t *before[] = {argv[0], L"-I", L"-X", L"utf8", L"-m", L"toolkit"};
#endif
    const int own = sizeof before / sizeof *before;
    if (!is_windows_10())
        return complain(L"本程序需要64位Windows 10或更新的Windows；Windows 7、8上不能运行，请换一台电脑。");
    GetModuleFileNameW(NULL, here, LONGEST);
    for (int end = lstrlenW(here); end && here[end] != L'\\'; end--) here[end] = 0;

    add_directory add = (add_directory)(void *)offered(L"kernel32.dll", "AddDllDirectory");
    if (add) add(beside(L"python"));
    HMODULE python = LoadLibraryExW(beside(L"python\\" PYTHON_DLL), NULL, SEARCH);
    if (!python)
        return complain(L"程序不完整，或正被杀毒软件扫描。请把压缩包完整解压到一个文件夹后再运行。");
    SetEnvironmentVariableW(L"ZHENGGAI_PROGRAM", beside(L"zhenggai.exe"));

    wchar_t **all = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, (argc + own) * sizeof *all);
    for (int i = 0; i < own; i++) all[i] = before[i];
    for (int i = 1; i < argc; i++) all[own + i - 1] = argv[i];
    int code = ((python_main)(void *)GetProcAddress(python, "Py_Main"))(argc + own - 1, all);
#ifdef WINDOW
    if (code)
        complain(L"窗口没有打开。请在本文件夹的地址栏输入 cmd 回车，再输入 zhenggai desk 回车，看看原因。");
#endif
    return code;
}

#ifdef WINDOW
int WINAPI wWinMain(HINSTANCE this, HINSTANCE before, wchar_t *line, int show) {
    (void)this, (void)before, (void)line, (void)show;
    return start(__argc, __wargv);
}
#else
int wmain(int argc, wchar_t **argv) {
    return start(argc, argv);
}
#endif
